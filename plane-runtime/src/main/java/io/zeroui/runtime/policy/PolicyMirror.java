package io.zeroui.runtime.policy;

import io.zeroui.contracts.identity.EdgeId;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.policy.delivery.PolicyAsked;
import io.zeroui.contracts.policy.delivery.PolicyDelivered;
import io.zeroui.contracts.policy.delivery.PolicyReceiver;
import io.zeroui.contracts.policy.delivery.PolicyReceiver.Received;
import io.zeroui.contracts.policy.delivery.PolicyRelease;
import io.zeroui.contracts.policy.delivery.PolicySender;
import io.zeroui.contracts.policy.delivery.PolicySender.Known;
import io.zeroui.contracts.policy.trust.Metadata.Targets;
import io.zeroui.contracts.policy.trust.Metadata.Timestamp;
import io.zeroui.contracts.policy.trust.PolicyObjection;
import io.zeroui.contracts.policy.trust.PolicyRefused;
import io.zeroui.contracts.policy.trust.PolicyTrust;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A tenant's release in one place: takes deliveries, writes what is good, answers who asks. Everything but {@link #state} blocks, and one
 * thing happens at a time.
 */
public final class PolicyMirror {

    private static final Logger LOG = Logger.getLogger(PolicyMirror.class);

    private static final int ANSWERS_MOST = 8;

    private final TenantId tenant;
    private final PolicyFolder folder;
    private final PolicyAnchor anchor;
    private final Clock clock;
    private final ReleaseObserver observer;
    /** Answers from what is active now: a fleet asks the same a thousand times. */
    private final Map<Question, List<PolicyDelivered>> answers = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Question, List<PolicyDelivered>> eldest) {
            return size() > ANSWERS_MOST;
        }
    };
    private @Nullable PolicyReceiver receiver;
    private volatile State state = new State(0, null, null, null, null);

    /** A mirror that reads its files when it is first asked for something. */
    public PolicyMirror(TenantId tenant, PolicyFolder folder, PolicyAnchor anchor, Clock clock) {
        this(tenant, folder, anchor, clock, ReleaseObserver.NOBODY);
    }

    /** The same, and somebody hears of each release before it counts. */
    public PolicyMirror(TenantId tenant, PolicyFolder folder, PolicyAnchor anchor, Clock clock, ReleaseObserver observer) {
        this.observer = observer;
        this.tenant = tenant;
        this.folder = folder;
        this.anchor = anchor;
        this.clock = clock;
    }

    /** What an answer depends on, beside the release that is active. */
    private record Question(long rootVersion, long targetsVersion) {
    }

    /**
     * How it stands.
     *
     * @param rootVersion newest root that is believed; 0 while there is none
     * @param active what is active; null where nothing is
     * @param believed what further deliveries are judged by; null while there is no root
     * @param objection why the last delivery was refused; null where it was not
     * @param detail the same in words
     */
    public record State(long rootVersion, @Nullable PolicyTrust active, @Nullable PolicyTrust believed,
            @Nullable PolicyObjection objection, @Nullable String detail) {

        /** Whether what is active is the newest that is promised, and nothing of it has expired. */
        public boolean isFresh(Instant now) {
            PolicyTrust judged = believed;
            return active != null && judged != null && judged.isComplete() && judged.isFresh(now);
        }

        /** Until when it will be fresh if nothing comes; null where nothing is active. */
        public @Nullable Instant freshUntil() {
            PolicyTrust judged = believed;
            return active == null || judged == null ? null : judged.freshUntil();
        }

        /** When what is active was last said to be the newest; null where nothing is. */
        public @Nullable Instant confirmedAt() {
            Timestamp timestamp = active == null ? null : active.timestamp();
            return timestamp == null ? null : timestamp.issuedAt();
        }
    }

    /** What became of a delivery. */
    public enum Taken {
        /** It brought nothing new. */
        NOTHING,
        /** Another release, or other roots, count now. */
        CHANGED,
        /** More must come, or has been lost. */
        GATHERING,
        /** It was refused; {@link #state} says why. */
        REFUSED
    }

    /** How it stands; never waits. */
    public State state() {
        return state;
    }

    /**
     * Reads the files, the first time.
     *
     * @return whether there is a root, without which nothing can be believed
     */
    public synchronized boolean open() throws IOException {
        return receiver().isPresent();
    }

    /** How it stands, its files read. */
    public synchronized State opened() throws IOException {
        return receiver().isPresent() ? state : new State(0, null, null, state.objection(), state.detail());
    }

    /**
     * Takes a delivery; where it makes another release, that is on the disk when this returns.
     *
     * @throws IOException when it could not be written: it may come again
     */
    public synchronized Taken take(PolicyDelivered delivery) throws IOException {
        PolicyReceiver taking = receiver().orElse(null);
        if (taking == null) {
            return Taken.REFUSED;
        }
        try {
            Received received = taking.take(delivery, clock.instant());
            if (received == null) {
                return taking.isGathering() ? Taken.GATHERING : Taken.NOTHING;
            }
            long before = release(taking);
            if (received.isRelease()) {
                observer.releasing(received.trust(), clock.instant(), (policy, hash) -> {
                    byte[] fresh = received.policies().get(policy);
                    return fresh == null ? folder.find(policy, hash) : fresh;
                });
            }
            folder.write(received);
            answers.clear();
            taking.commit(received);
            learn(taking, null);
            if (release(taking) != before) {
                prune(release(taking));
            }
            return Taken.CHANGED;
        } catch (PolicyRefused e) {
            LOG.warnf("a delivery of policies for %s is refused: %s, %s", tenant, e.objection(), e.getMessage());
            learn(taking, e);
            return Taken.REFUSED;
        }
    }

    /** What is said to whoever has more. */
    public synchronized PolicyAsked ask(@Nullable EdgeId edge, boolean whole) throws IOException {
        PolicyReceiver asking = receiver().orElse(null);
        State now = state;
        PolicyTrust active = asking == null ? null : asking.active();
        Targets targets = active == null ? null : active.targets();
        Timestamp timestamp = active == null ? null : active.timestamp();
        return new PolicyAsked(tenant.value(), edge == null ? null : edge.value(), now.rootVersion(), targets == null ? 0 : targets.version(),
                timestamp == null ? 0 : timestamp.version(), whole, now.isFresh(clock.instant()), now.objection(), now.detail(),
                clock.instant().truncatedTo(ChronoUnit.MILLIS));
    }

    /** What somebody lacks who said this; empty where that is nothing, or where nothing is there. */
    public synchronized List<PolicyDelivered> answer(PolicyAsked asked) throws IOException {
        PolicyReceiver having = receiver().orElse(null);
        PolicyTrust active = having == null ? null : having.active();
        Targets targets = active == null ? null : active.targets();
        Timestamp timestamp = active == null ? null : active.timestamp();
        if (having == null || active == null || targets == null || timestamp == null || !asked.whole()
                && asked.rootVersion() >= active.root().version() && asked.targetsVersion() >= targets.version()
                && asked.timestampVersion() >= timestamp.version()) {
            return List.of();
        }
        Question question = new Question(asked.rootVersion(), asked.whole() ? 0 : asked.targetsVersion());
        List<PolicyDelivered> answer = answers.get(question);
        if (answer == null) {
            Known known = question.targetsVersion() == 0 ? null : folder.knownTargets(question.targetsVersion());
            answer = new PolicySender(tenant, active, having.committed(), folder).since(question.rootVersion(), known);
            answers.put(question, answer);
        }
        return answer;
    }

    private Optional<PolicyReceiver> receiver() throws IOException {
        if (receiver == null) {
            byte[] root = anchor.read().orElse(null);
            receiver = root == null ? null : begin(root);
        }
        return Optional.ofNullable(receiver);
    }

    private @Nullable PolicyReceiver begin(byte[] root) throws IOException {
        try {
            PolicyReceiver begun = PolicyReceiver.begin(tenant, root, folder.load(), folder);
            PolicyTrust found = begun.active();
            if (found != null) {
                observer.found(found, folder);
            }
            learn(begun, null);
            return begun;
        } catch (PolicyRefused | IllegalArgumentException e) {
            LOG.errorf("the policies of %s on the disk are not believed: %s", tenant, e.getMessage());
            return beginAnew(root, e);
        }
    }

    private @Nullable PolicyReceiver beginAnew(byte[] root, Exception damage) {
        PolicyRefused why = damage instanceof PolicyRefused refused ? refused
                : new PolicyRefused(PolicyObjection.MALFORMED, String.valueOf(damage.getMessage()));
        try {
            PolicyReceiver begun = PolicyReceiver.begin(tenant, root, (PolicyRelease) null, folder);
            learn(begun, why);
            return begun;
        } catch (PolicyRefused e) {
            state = new State(0, null, null, e.objection(), "the configured root: " + e.getMessage());
            return null;
        }
    }

    private void learn(PolicyReceiver from, @Nullable PolicyRefused refusal) {
        state = new State(from.believed().root().version(), from.active(), from.believed(), refusal == null ? null : refusal.objection(),
                refusal == null ? null : cut(String.valueOf(refusal.getMessage())));
    }

    private static String cut(String detail) {
        return detail.length() <= 500 ? detail : detail.substring(0, 500);
    }

    private static long release(PolicyReceiver taking) {
        PolicyTrust active = taking.active();
        Targets targets = active == null ? null : active.targets();
        return targets == null ? 0 : targets.version();
    }

    private void prune(long release) {
        try {
            folder.prune(release);
        } catch (IOException e) {
            LOG.warnf("old policies of %s stay on the disk: %s", tenant, e);
        }
    }
}
