package io.zeroui.shared.providers;

import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.contracts.rulings.providers.ProviderRule;
import io.zeroui.runtime.problems.ProblemException;
import io.zeroui.shared.journal.Act;
import io.zeroui.shared.journal.Area;
import io.zeroui.shared.journal.Draft;
import io.zeroui.shared.journal.Journal;
import io.zeroui.shared.providers.book.DeedCodec;
import io.zeroui.shared.providers.book.RegistryBook;
import io.zeroui.shared.providers.book.RegistryDeed;
import io.zeroui.shared.providers.book.RegistryDeed.EntryRegistered;
import io.zeroui.shared.providers.book.RegistryDeed.RuleSet;
import io.zeroui.shared.providers.book.RegistryRefused;
import io.zeroui.shared.providers.entries.SignedEntry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Changes the registry. What an act says is decided by before its caller hears of it; the other planes are told at once. */
@ApplicationScoped
public class ProviderRegistry {

    private static final int CONFLICT = 409;
    private static final int CHANGED_MEANWHILE = 412;

    private final Journal journal;
    private final RegistryKeeper keeper;
    private final Event<RegistryChanged> changed;

    ProviderRegistry(Journal journal, RegistryKeeper keeper, Event<RegistryChanged> changed) {
        this.journal = journal;
        this.keeper = keeper;
        this.changed = changed;
    }

    /**
     * What became of a document.
     *
     * @param isNew false where it was registered before, with the same bytes
     */
    public record Registered(boolean isNew) {
    }

    /** Something that a book allows, or not. */
    private interface Decision {
        RegistryDeed decide(RegistryBook book) throws RegistryRefused;
    }

    /**
     * Makes a document an entry.
     *
     * @throws ProblemException by the Uni: 409 where that version is another document, 403 where its signer has not proven that the namespace is
     *         his, 404 where its provider is not there
     */
    public Uni<Registered> register(SignedEntry entry, String by) {
        return keeper.follow().map(done -> registering(entry))
                .chain(deed -> deed.isEmpty() ? Uni.createFrom().item(new Registered(false))
                        : write(by, book -> {
                            EntryRegistered again = book.registering(entry);
                            if (again == null) {
                                throw new ProblemException(ErrorCode.VALIDATION_ERROR, CONFLICT, "The same document came twice at a time", Map.of());
                            }
                            return again;
                        }).map(act -> new Registered(true)));
    }

    private Optional<EntryRegistered> registering(SignedEntry entry) {
        try {
            return keeper.ask(book -> Optional.ofNullable(book.registering(entry)));
        } catch (RegistryRefused e) {
            throw problem(e);
        }
    }

    /**
     * Does what needs no more than what it says.
     *
     * @throws ProblemException by the Uni: 404 for what is not there, 409 for what contradicts the registry, 403 for what is not proven
     */
    public Uni<Act> change(RegistryDeed deed, String by) {
        return write(by, book -> {
            book.check(deed);
            return deed;
        });
    }

    /**
     * Sets a rule.
     *
     * @param id which one
     * @param expected the version that it must have now, 0 for none; null for any
     * @param rule makes it of its version
     * @throws ProblemException by the Uni: 412 where it has another version, 409 where there is no room
     */
    public Uni<ProviderRule> setRule(String id, @Nullable Integer expected, IntFunction<ProviderRule> rule, String reason, String by) {
        AtomicReference<ProviderRule> made = new AtomicReference<>();
        return write(by, book -> {
            ProviderRule now = book.rule(id);
            int version = now == null ? 0 : now.version();
            if (expected != null && expected != version) {
                throw new ProblemException(ErrorCode.VALIDATION_ERROR, CHANGED_MEANWHILE, "The rule has another version by now",
                        Map.of("version", version));
            }
            RuleSet deed = new RuleSet(rule.apply(book.nextRuleVersion(id)), reason);
            book.check(deed);
            made.set(deed.rule());
            return deed;
        }).map(act -> made.get());
    }

    private Uni<Act> write(String by, Decision decision) {
        return journal.write(Area.PROVIDER_REGISTRY, by, () -> keeper.follow().map(done -> draft(decision)))
                .call(keeper::follow)
                .invoke(act -> changed.fire(new RegistryChanged(act.number())));
    }

    private Draft draft(Decision decision) {
        try {
            RegistryDeed deed = keeper.ask(decision::decide);
            return new Draft(deed.kind(), DeedCodec.write(deed));
        } catch (RegistryRefused e) {
            throw problem(e);
        }
    }

    private static ProblemException problem(RegistryRefused refused) {
        String detail = String.valueOf(refused.getMessage());
        return switch (refused.why()) {
            case NOT_FOUND -> new ProblemException(ErrorCode.RESOURCE_NOT_FOUND, detail);
            case CONFLICT, FULL -> new ProblemException(ErrorCode.VALIDATION_ERROR, CONFLICT, detail, Map.of("reason", refused.why().name()));
            case NOT_PROVEN -> new ProblemException(ErrorCode.FORBIDDEN, detail);
        };
    }
}
