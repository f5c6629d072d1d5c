package io.zeroui.shared.providers.book;

import io.zeroui.contracts.rulings.RulingsCodec;
import io.zeroui.contracts.rulings.names.NamespaceProof;
import io.zeroui.contracts.rulings.providers.ProviderRule;
import io.zeroui.contracts.rulings.providers.ProviderRules;
import io.zeroui.contracts.rulings.providers.RuledAdapter;
import io.zeroui.contracts.rulings.providers.RuledModel;
import io.zeroui.contracts.rulings.providers.Standing;
import io.zeroui.contracts.signature.Ed25519PublicKey;
import io.zeroui.shared.providers.book.NamedEntries.Registered;
import io.zeroui.shared.providers.book.NamedEntries.State;
import io.zeroui.shared.providers.book.RegistryDeed.EntryRegistered;
import io.zeroui.shared.providers.book.RegistryDeed.NamespaceGranted;
import io.zeroui.shared.providers.book.RegistryDeed.NamespaceWithdrawn;
import io.zeroui.shared.providers.book.RegistryDeed.RuleRemoved;
import io.zeroui.shared.providers.book.RegistryDeed.RuleSet;
import io.zeroui.shared.providers.book.RegistryDeed.StandingSet;
import io.zeroui.shared.providers.book.RegistryRefused.Why;
import io.zeroui.shared.providers.entries.AdapterContent;
import io.zeroui.shared.providers.entries.EntryContent;
import io.zeroui.shared.providers.entries.EntryKind;
import io.zeroui.shared.providers.entries.InvalidEntry;
import io.zeroui.shared.providers.entries.ModelContent;
import io.zeroui.shared.providers.entries.SignedEntry;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Replays the acts of the registry. Not safe for several threads. */
public final class RegistryBook {

    /** Most bytes of everything that decisions need; the rest of a document of rulings is for verdicts. */
    static final int MAX_BYTES = 2_500_000;

    /** A standing takes no more than this in the document. */
    private static final int STATE_BYTES = 64;

    private final String organisation;
    private final Map<String, Ed25519PublicKey> namespaces = new HashMap<>();
    private final Map<EntryKind, TreeMap<String, NamedEntries>> entries = new EnumMap<>(EntryKind.class);
    private final TreeMap<String, ProviderRule> rules = new TreeMap<>();
    private final Map<String, Integer> ruleVersions = new HashMap<>();
    private final Map<String, Integer> sizes = new HashMap<>();
    private long bytes;
    private long last;

    /** A book without acts. */
    public RegistryBook(String organisation) {
        this.organisation = organisation;
        for (EntryKind kind : EntryKind.values()) {
            entries.put(kind, new TreeMap<>());
        }
    }

    /** Number of the last act that was applied; 0 for none. */
    public long last() {
        return last;
    }

    /** The rule of that id that counts; null for none. */
    public @Nullable ProviderRule rule(String id) {
        return rules.get(id);
    }

    /** Which version a rule of that id will have when it is set next. */
    public int nextRuleVersion(String id) {
        return ruleVersions.getOrDefault(id, 0) + 1;
    }

    /**
     * The deed by which a document becomes an entry; null where it is one already, with the same bytes.
     *
     * @throws RegistryRefused when the book does not allow it
     */
    public @Nullable EntryRegistered registering(SignedEntry signed) throws RegistryRefused {
        EntryContent content = signed.content();
        Registered known = find(content.kind(), content.name(), content.version());
        if (known != null) {
            if (known.sha256().equals(signed.hash().hex())) {
                return null;
            }
            throw new RegistryRefused(Why.CONFLICT, "there is another document of that version, and versions never change");
        }
        String namespace = holding(content.name());
        Ed25519PublicKey key = namespace == null ? null : namespaces.get(namespace);
        if (key == null) {
            throw new RegistryRefused(Why.NOT_PROVEN, "nobody has proven that the namespace of " + content.name() + " is his");
        }
        if (!signed.signature().kid().equals(RulingsCodec.kid(key)) || !signed.isSignedBy(key)) {
            throw new RegistryRefused(Why.NOT_PROVEN, "the document is not signed by the key of the namespace " + namespace);
        }
        EntryRegistered deed = new EntryRegistered(String.valueOf(namespace), signed.document(), content.kind(), content.name(),
                content.version(), signed.hash().hex());
        check(deed, content);
        return deed;
    }

    /**
     * Says whether a deed is allowed now.
     *
     * @throws RegistryRefused when it is not
     */
    public void check(RegistryDeed deed) throws RegistryRefused {
        if (deed instanceof NamespaceGranted granted) {
            checkGrant(granted);
        } else if (deed instanceof NamespaceWithdrawn withdrawn && !namespaces.containsKey(withdrawn.namespace())) {
            throw new RegistryRefused(Why.NOT_FOUND, "nobody holds the namespace " + withdrawn.namespace());
        } else if (deed instanceof StandingSet standing) {
            checkStanding(standing);
        } else if (deed instanceof RuleSet set) {
            requireRoom(RulingsCodec.sizeOf(set.rule()) - sizes.getOrDefault(deed.subject(), 0));
        } else if (deed instanceof RuleRemoved removed && !rules.containsKey(removed.id())) {
            throw new RegistryRefused(Why.NOT_FOUND, "there is no rule " + removed.id());
        }
    }

    private void check(EntryRegistered deed, EntryContent content) throws RegistryRefused {
        NamedEntries named = list(content.kind()).get(content.name());
        if (named != null && named.state().standing() == Standing.REVOKED) {
            throw new RegistryRefused(Why.CONFLICT, content.name() + " is revoked, and so are its versions to come");
        }
        if (content instanceof ModelContent model) {
            NamedEntries provider = list(EntryKind.PROVIDER).get(model.provider());
            if (provider == null || provider.state().standing() == Standing.REVOKED) {
                throw new RegistryRefused(provider == null ? Why.NOT_FOUND : Why.CONFLICT,
                        "the provider " + model.provider() + (provider == null ? " is not registered" : " is revoked"));
            }
        }
        requireRoom(size(deed, content));
    }

    private void checkGrant(NamespaceGranted deed) throws RegistryRefused {
        NamespaceProof statement = proof(deed);
        if (!statement.isSignedBy(statement.key(), deed.proof())) {
            throw new RegistryRefused(Why.NOT_PROVEN, "the proof is not signed by the key that shall stand for the namespace");
        }
        String holding = holding(deed.namespace());
        Ed25519PublicKey holder = holding == null ? null : namespaces.get(holding);
        if (holder != null && (deed.agreement() == null || !statement.isSignedBy(holder, deed.agreement()))) {
            throw new RegistryRefused(Why.NOT_PROVEN, "the holder of the namespace " + holding + " has not agreed, or has signed something else");
        }
    }

    private NamespaceProof proof(NamespaceGranted deed) throws RegistryRefused {
        try {
            return new NamespaceProof(organisation, deed.namespace(), Ed25519PublicKey.ofBase64(deed.publicKey()));
        } catch (IllegalArgumentException e) {
            throw new RegistryRefused(Why.NOT_PROVEN, "namespace or key have not the form of one: " + e.getMessage());
        }
    }

    private void checkStanding(StandingSet deed) throws RegistryRefused {
        NamedEntries named = list(deed.kindOfEntry()).get(deed.name());
        Registered version = deed.version() == null ? null : find(deed.kindOfEntry(), deed.name(), deed.version());
        if (named == null || deed.version() != null && version == null) {
            throw new RegistryRefused(Why.NOT_FOUND, "there is no " + deed.subject());
        }
        State now = version == null ? named.state() : version.state();
        if (now.standing() == Standing.REVOKED) {
            throw new RegistryRefused(Why.CONFLICT, deed.subject() + " is revoked, and that is for ever");
        }
        if (deed.sunset() != null && deed.standing() != Standing.DEPRECATED) {
            throw new RegistryRefused(Why.CONFLICT, "only what is deprecated has a sunset");
        }
    }

    /**
     * Takes the next act.
     *
     * @throws IllegalArgumentException when it is not the next one, or not of an act's form
     */
    public void apply(long number, RegistryDeed deed) {
        if (number != last + 1) {
            throw new IllegalArgumentException("act " + number + " after act " + last);
        }
        if (deed instanceof NamespaceGranted granted) {
            namespaces.put(granted.namespace(), Ed25519PublicKey.ofBase64(granted.publicKey()));
        } else if (deed instanceof NamespaceWithdrawn withdrawn) {
            namespaces.remove(withdrawn.namespace());
        } else if (deed instanceof EntryRegistered registered) {
            register(registered);
        } else if (deed instanceof StandingSet set) {
            NamedEntries named = list(set.kindOfEntry()).get(set.name());
            if (named != null) {
                named.set(set.version(), new State(set.standing(), set.sunset()));
            }
        } else if (deed instanceof RuleSet set) {
            rules.put(set.rule().id(), set.rule());
            ruleVersions.put(set.rule().id(), set.rule().version());
            resize(deed.subject(), RulingsCodec.sizeOf(set.rule()));
        } else if (deed instanceof RuleRemoved removed) {
            rules.remove(removed.id());
            resize(deed.subject(), 0);
        }
        last = number;
    }

    private void register(EntryRegistered deed) {
        try {
            EntryContent content = SignedEntry.read(deed.document()).content();
            list(content.kind()).computeIfAbsent(content.name(), name -> new NamedEntries()).put(content, deed.sha256());
            resize(deed.subject(), size(deed, content));
        } catch (InvalidEntry e) {
            throw new IllegalArgumentException("a registered document that is none: " + e.getMessage(), e);
        }
    }

    /** Everything that decisions need, as it stands. */
    public ProviderRules rules() {
        List<RuledModel> models = list(EntryKind.MODEL).entrySet().stream().map(one -> new RuledModel(one.getKey(),
                one.getValue().versions().values().stream().map(version -> model(one.getValue(), version)).toList())).toList();
        List<RuledAdapter> adapters = list(EntryKind.ADAPTER).entrySet().stream().map(one -> new RuledAdapter(one.getKey(),
                one.getValue().versions().values().stream().map(version -> adapter(one.getValue(), version)).toList())).toList();
        return new ProviderRules(models, adapters, List.copyOf(rules.values()));
    }

    private RuledModel.Version model(NamedEntries named, Registered version) {
        ModelContent content = (ModelContent) version.content();
        NamedEntries provider = list(EntryKind.PROVIDER).get(content.provider());
        State state = version.state().and(named.state()).and(provider == null ? State.ACTIVE : provider.state());
        return new RuledModel.Version(content.version(), state.standing(), state.sunset(), content.regions(), content.terms().accepts());
    }

    private static RuledAdapter.Version adapter(NamedEntries named, Registered version) {
        AdapterContent content = (AdapterContent) version.content();
        State state = version.state().and(named.state());
        return new RuledAdapter.Version(content.version(), state.standing(), state.sunset(), content.sha256(), content.compatible());
    }

    /** The nearest namespace that somebody holds: the name's own, or one above it. */
    private @Nullable String holding(String name) {
        String at = name;
        while (!namespaces.containsKey(at)) {
            int slash = at.lastIndexOf('/');
            if (slash < 0) {
                return null;
            }
            at = at.substring(0, slash);
        }
        return at;
    }

    private @Nullable Registered find(EntryKind kind, String name, String version) {
        NamedEntries named = list(kind).get(name);
        return named == null ? null : named.versions().get(version);
    }

    private TreeMap<String, NamedEntries> list(EntryKind kind) {
        return java.util.Objects.requireNonNull(entries.get(kind));
    }

    private static int size(EntryRegistered deed, EntryContent content) {
        int own = STATE_BYTES + deed.name().length() + deed.version().length();
        if (content instanceof ModelContent model) {
            return own + RulingsCodec.sizeOf(model.regions());
        }
        return own + (content instanceof AdapterContent adapter ? STATE_BYTES + RulingsCodec.sizeOf(adapter.compatible()) : 0);
    }

    private void requireRoom(int more) throws RegistryRefused {
        if (bytes + more > MAX_BYTES) {
            throw new RegistryRefused(Why.FULL, "rules, models and adapters would take more than " + MAX_BYTES + " bytes");
        }
    }

    private void resize(String subject, int size) {
        Integer before = sizes.put(subject, size);
        bytes += size - (before == null ? 0 : before);
    }
}
