package io.zeroui.contracts.policy.lifecycle;

import io.zeroui.contracts.policy.PolicyVersion;
import io.zeroui.contracts.policy.lifecycle.Deed.Approved;
import io.zeroui.contracts.policy.lifecycle.Deed.Drafted;
import io.zeroui.contracts.policy.lifecycle.Deed.Halted;
import io.zeroui.contracts.policy.lifecycle.Deed.Killed;
import io.zeroui.contracts.policy.lifecycle.Deed.Promoted;
import io.zeroui.contracts.policy.lifecycle.Deed.Rejected;
import io.zeroui.contracts.policy.lifecycle.Deed.Released;
import io.zeroui.contracts.policy.lifecycle.Deed.Restored;
import io.zeroui.contracts.policy.lifecycle.Deed.Submitted;
import io.zeroui.contracts.policy.release.ReleaseTerms;
import io.zeroui.contracts.policy.release.Rollout;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The policies of one tenant: what its history comes to. Safe for use by several threads; who writes the history must see to it
 * that an act is written between {@link #check} and {@link #apply}, and no other one meanwhile.
 */
public final class PolicyBook {

    /** Most versions of policies that a tenant may have. */
    public static final int VERSIONS_MOST = 100_000;

    static final Rollout NOBODY = new Rollout(0, Set.of(), Set.of());
    private static final Pattern RESTORED = Pattern.compile("-r[0-9]+$");

    private final NavigableMap<String, Map<PolicyVersion, PolicyEntry>> policies = new TreeMap<>();
    private final Map<PolicyVersion, List<PolicyAct>> histories = new HashMap<>();
    /** Versions by their names in receipts. */
    private final Map<String, PolicyVersion> names = new HashMap<>();
    private final List<PolicyAct> acts = new ArrayList<>();

    /** A book without acts. */
    public PolicyBook() {
    }

    /**
     * Refuses an act that is not allowed now; changes nothing.
     *
     * @throws PolicyActRefused with the reason
     */
    public synchronized void check(PolicyAct act) throws PolicyActRefused {
        PolicyEntry allowed = after(act);
        assert allowed.lastAct() == act.number();
    }

    /**
     * Does an act, and supersedes what it supersedes.
     *
     * @throws PolicyActRefused when it is not allowed; then nothing is changed
     */
    public synchronized void apply(PolicyAct act) throws PolicyActRefused {
        PolicyEntry next = after(act);
        acts.add(act);
        put(next, act);
        names.put(next.id().id(), next.id());
        ReleaseTerms terms = next.terms();
        if (terms != null && terms.rollout().isForEveryone()) {
            for (PolicyEntry older : List.copyOf(versions(next.id().policyId()))) {
                if (older.isBefore(terms)) {
                    put(older.in(PolicyState.SUPERSEDED, act), act);
                }
            }
        }
    }

    /** Number of the last act; 0 before the first. */
    public synchronized long last() {
        return acts.size();
    }

    /** Acts behind a number, at most so many. */
    public synchronized List<PolicyAct> actsAfter(long number, int most) {
        int from = (int) Math.min(Math.max(number, 0), acts.size());
        return List.copyOf(acts.subList(from, Math.min(acts.size(), from + most)));
    }

    /** Ids of policies in their order, behind one of them; all of them behind an empty text. */
    public synchronized List<String> policyIds(String after, int most) {
        return policies.tailMap(after, false).keySet().stream().limit(most).toList();
    }

    /** The versions of a policy in the order in which they were written; empty where there is no such policy. */
    public synchronized List<PolicyEntry> list(String policyId) {
        return versions(policyId).stream().sorted(Comparator.comparingLong(PolicyEntry::draftedAs)).toList();
    }

    /** One version. */
    public synchronized Optional<PolicyEntry> find(PolicyVersion id) {
        return Optional.ofNullable(entry(id));
    }

    /** Of some names those by which receipts name versions that are here, {@code {policy-id}-{version}} each. */
    public synchronized Set<String> known(Collection<String> named) {
        return named.stream().filter(names::containsKey).collect(Collectors.toUnmodifiableSet());
    }

    /** The acts that changed a version, in their order, also the one that superseded it. */
    public synchronized List<PolicyAct> history(PolicyVersion id) {
        return List.copyOf(histories.getOrDefault(id, List.of()));
    }

    /** What edges shall have: the released versions in the order of their releases. */
    public synchronized List<PolicyEntry> released() {
        return policies.values().stream().flatMap(of -> of.values().stream())
                .filter(entry -> entry.terms() != null)
                .sorted(Comparator.comparingLong(entry -> Objects.requireNonNull(entry.terms()).order()))
                .toList();
    }

    /** The name of the version that restores one: the first of {@code {version}-r1}, {@code -r2}, … that is not taken. */
    public synchronized PolicyVersion restoredName(PolicyVersion from) {
        String base = RESTORED.matcher(from.version()).replaceFirst("");
        PolicyVersion name;
        int number = 0;
        do {
            String end = "-r" + ++number;
            name = new PolicyVersion(from.policyId(), base.substring(0, Math.min(base.length(), PolicyVersion.VERSION_MOST - end.length())) + end);
        } while (names.containsKey(name.id()));
        return name;
    }

    private PolicyEntry after(PolicyAct act) throws PolicyActRefused {
        require(act.number() == acts.size() + 1, PolicyRefusal.OUT_OF_ORDER);
        PolicyEntry entry = entry(act.policy());
        require(entry != null || act.deed() instanceof Drafted || act.deed() instanceof Restored, PolicyRefusal.NO_SUCH_VERSION);
        require(entry == null || entry.state() != PolicyState.REVOKED, PolicyRefusal.ALREADY_REVOKED);
        require(!act.deed().wantsReason() || !act.reason().isBlank(), PolicyRefusal.REASON_MISSING);
        if (act.deed() instanceof Drafted draft) {
            return drafted(act, draft, entry);
        }
        if (act.deed() instanceof Restored restoration) {
            return restored(act, restoration, entry);
        }
        return reviewed(act, Objects.requireNonNull(entry));
    }

    private PolicyEntry drafted(PolicyAct act, Drafted draft, @Nullable PolicyEntry there) throws PolicyActRefused {
        if (there != null) {
            boolean same = there.content().equals(draft.content()) && there.labels().equals(draft.labels());
            throw new PolicyActRefused(same ? PolicyRefusal.VERSION_EXISTS : PolicyRefusal.OTHER_CONTENT);
        }
        require(!names.containsKey(act.policy().id()), PolicyRefusal.AMBIGUOUS_NAME);
        require(names.size() < VERSIONS_MOST, PolicyRefusal.TOO_MANY_VERSIONS);
        return new PolicyEntry(act.policy(), draft.content(), draft.labels(), PolicyState.DRAFT, act.by(), act.at(), act.number(), null, null,
                null, act.number());
    }

    private PolicyEntry restored(PolicyAct act, Restored restoration, @Nullable PolicyEntry there) throws PolicyActRefused {
        PolicyEntry from = entry(new PolicyVersion(act.policy().policyId(), restoration.from()));
        if (from == null) {
            throw new PolicyActRefused(PolicyRefusal.NO_SUCH_VERSION);
        }
        require(from.state() != PolicyState.REVOKED, PolicyRefusal.ALREADY_REVOKED);
        require(from.approver() != null, PolicyRefusal.NOT_APPROVED);
        require(from.state() != PolicyState.RELEASED, PolicyRefusal.STILL_RELEASED);
        ReleaseTerms terms = from.lastTerms();
        if (terms == null) {
            throw new PolicyActRefused(PolicyRefusal.NEVER_RELEASED);
        }
        PolicyEntry written = drafted(act, new Drafted(from.content(), from.labels()), there);
        Instant killed = terms.killedUntil();
        ReleaseTerms again = new ReleaseTerms(act.number(), Rollout.everyone(), terms.failMode(),
                killed != null && killed.isAfter(act.at()) ? killed : null);
        return new PolicyEntry(written.id(), written.content(), written.labels(), PolicyState.RELEASED, from.author(), act.at(), act.number(),
                from.approver(), again, null, act.number());
    }

    private static PolicyEntry reviewed(PolicyAct act, PolicyEntry entry) throws PolicyActRefused {
        if (act.deed() instanceof Submitted) {
            require(entry.state() == PolicyState.DRAFT, PolicyRefusal.NOT_A_DRAFT);
            return entry.in(PolicyState.IN_REVIEW, act);
        }
        if (act.deed() instanceof Approved) {
            require(entry.state() == PolicyState.IN_REVIEW, PolicyRefusal.NOT_IN_REVIEW);
            require(!entry.author().equals(act.by()), PolicyRefusal.AUTHOR_APPROVES);
            return entry.approvedBy(act);
        }
        if (act.deed() instanceof Rejected) {
            require(entry.state() == PolicyState.IN_REVIEW, PolicyRefusal.NOT_IN_REVIEW);
            return entry.in(PolicyState.REJECTED, act);
        }
        if (act.deed() instanceof Released release) {
            require(entry.state() == PolicyState.APPROVED, PolicyRefusal.NOT_APPROVED);
            return entry.on(new ReleaseTerms(act.number(), release.rollout(), release.failMode(), null), act).by(release.plan());
        }
        if (act.deed() instanceof Deed.Revoked) {
            require(entry.approver() != null, PolicyRefusal.NOT_APPROVED);
            return entry.in(PolicyState.REVOKED, act);
        }
        ReleaseTerms terms = entry.terms();
        if (terms == null) {
            throw new PolicyActRefused(PolicyRefusal.NOT_RELEASED);
        }
        return entry.on(changed(act, terms), act);
    }

    private static ReleaseTerms changed(PolicyAct act, ReleaseTerms terms) throws PolicyActRefused {
        if (act.deed() instanceof Promoted promotion) {
            require(isWider(promotion.rollout(), terms.rollout()), PolicyRefusal.NARROWER_ROLLOUT);
            return new ReleaseTerms(terms.order(), promotion.rollout(), terms.failMode(), terms.killedUntil());
        }
        if (act.deed() instanceof Halted) {
            require(!terms.rollout().equals(NOBODY), PolicyRefusal.ALREADY_HALTED);
            return new ReleaseTerms(terms.order(), NOBODY, terms.failMode(), terms.killedUntil());
        }
        Instant until = ((Killed) act.deed()).until();
        require(until != null || terms.killedUntil() != null, PolicyRefusal.NOT_KILLED);
        require(until == null || until.isAfter(act.at()), PolicyRefusal.KILLED_IN_THE_PAST);
        return new ReleaseTerms(terms.order(), terms.rollout(), terms.failMode(), until);
    }

    /** Whether a rollout reaches all that another one does, and may reach more. */
    private static boolean isWider(Rollout wider, Rollout than) {
        if (than.isForEveryone()) {
            return false;
        }
        return wider.isForEveryone() || !wider.equals(than) && wider.basisPoints() >= than.basisPoints()
                && wider.edges().containsAll(than.edges()) && wider.repos().containsAll(than.repos());
    }

    private void put(PolicyEntry entry, PolicyAct act) {
        policies.computeIfAbsent(entry.id().policyId(), id -> new TreeMap<>()).put(entry.id(), entry);
        histories.computeIfAbsent(entry.id(), id -> new ArrayList<>()).add(act);
    }

    private Collection<PolicyEntry> versions(String policyId) {
        return policies.getOrDefault(policyId, Map.of()).values();
    }

    private @Nullable PolicyEntry entry(PolicyVersion id) {
        return policies.getOrDefault(id.policyId(), Map.of()).get(id);
    }

    private static void require(boolean allowed, PolicyRefusal otherwise) throws PolicyActRefused {
        if (!allowed) {
            throw new PolicyActRefused(otherwise);
        }
    }
}
