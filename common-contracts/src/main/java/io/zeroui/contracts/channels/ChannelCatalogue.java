package io.zeroui.contracts.channels;

import io.zeroui.contracts.Plane;
import io.zeroui.contracts.boundaries.DataClass;
import io.zeroui.contracts.context.ContextApplied;
import io.zeroui.contracts.context.ContextChanged;
import io.zeroui.contracts.events.DeliveryAck;
import io.zeroui.contracts.events.EvidenceIndexed;
import io.zeroui.contracts.events.KeysChanged;
import io.zeroui.contracts.events.TelemetryReport;
import io.zeroui.contracts.events.TenantsAsked;
import io.zeroui.contracts.events.TenantsChanged;
import io.zeroui.contracts.policy.delivery.PolicyAsked;
import io.zeroui.contracts.policy.delivery.PolicyDelivered;
import io.zeroui.contracts.receipts.ReceiptLine;
import io.zeroui.contracts.rulings.delivery.RulingsAsked;
import io.zeroui.contracts.rulings.delivery.RulingsDelivered;
import io.zeroui.contracts.witness.CheckpointOffer;
import io.zeroui.contracts.witness.WitnessAnswer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** All channels. A road that is not declared here does not exist. */
public final class ChannelCatalogue {

    /**
     * Key of the smoke stream (fields {@code event_type}, {@code data}): for operators and their tools, with the login of
     * {@code REDIS_URL}. No plane reads or writes it.
     */
    public static final String SMOKE_STREAM_KEY = "zeroui:events";

    private static final Set<DataClass> RECEIPTS = Set.of(DataClass.RECEIPT_BODY, DataClass.RECEIPT_METADATA,
            DataClass.PLANE_STATE);
    private static final Set<DataClass> METADATA = Set.of(DataClass.RECEIPT_METADATA, DataClass.PLANE_STATE);
    private static final Set<DataClass> POSITIONS = Set.of(DataClass.PLANE_STATE);
    private static final Set<DataClass> TENANTS_AND_KEYS = Set.of(DataClass.TENANT_REGISTRY, DataClass.POLICY,
            DataClass.PLANE_STATE);
    private static final Set<DataClass> KEYS = Set.of(DataClass.POLICY, DataClass.PLANE_STATE);
    private static final Set<DataClass> POLICIES = Set.of(DataClass.POLICY);
    private static final Set<DataClass> CONTEXT = Set.of(DataClass.TENANT_CONTEXT);
    private static final Set<DataClass> RULINGS = Set.of(DataClass.RULING);
    private static final Set<DataClass> HEALTH = Set.of(DataClass.TELEMETRY);

    public static final Channel IDE_RECEIPTS = new Channel("ide-receipts", "zeroui:ide-receipts", Plane.IDE,
            Set.of(Plane.TENANT), KeyScope.TENANT, ReceiptLine.class, RECEIPTS,
            "Signed receipt lines, byte for byte, from the edges of a tenant to its ledger");

    public static final Channel TENANT_RECEIPT_ACKS = new Channel("tenant-receipt-acks", "zeroui:tenant-receipt-acks",
            Plane.TENANT, Set.of(Plane.IDE), KeyScope.EDGE, DeliveryAck.class, POSITIONS,
            "Which receipts of an edge's outbox are durably in the ledger");

    public static final Channel TENANT_EVIDENCE = new Channel("tenant-evidence", "zeroui:tenant-evidence",
            Plane.TENANT, Set.of(Plane.PRODUCT), KeyScope.GLOBAL, EvidenceIndexed.class, METADATA,
            "Metadata of the receipts that a tenant's ledger has indexed, for counts and reports");

    public static final Channel PRODUCT_EVIDENCE_ACKS = new Channel("product-evidence-acks",
            "zeroui:product-evidence-acks", Plane.PRODUCT, Set.of(Plane.TENANT), KeyScope.GLOBAL, DeliveryAck.class,
            POSITIONS, "Which evidence events of the tenant's outbox have been applied");

    public static final Channel PRODUCT_TENANTS = new Channel("product-tenants", "zeroui:product-tenants",
            Plane.PRODUCT, Set.of(Plane.TENANT), KeyScope.GLOBAL, TenantsChanged.class, TENANTS_AND_KEYS,
            "Which tenants, edges and keys there are, and how they stand; whole entries with the registry's version");

    public static final Channel TENANT_REGISTRY_QUESTIONS = new Channel("tenant-registry-questions",
            "zeroui:tenant-registry-questions", Plane.TENANT, Set.of(Plane.PRODUCT), KeyScope.GLOBAL, TenantsAsked.class,
            POSITIONS, "Which version of the tenant registry is known, for the answer to say what is new since");

    public static final Channel TENANT_KEYS = new Channel("tenant-keys", "zeroui:tenant-keys", Plane.TENANT,
            Set.of(Plane.IDE), KeyScope.EDGE, KeysChanged.class, KEYS,
            "How the keys stand that an edge's receipts are signed with: validity and revocations");

    public static final Channel TENANT_CHECKPOINTS = new Channel("tenant-checkpoints", "zeroui:tenant-checkpoints",
            Plane.TENANT, Set.of(Plane.PRODUCT), KeyScope.GLOBAL, CheckpointOffer.class, METADATA,
            "Checkpoints of the tenants' logs, each with the proof that it goes on from the one that the witness knows");

    public static final Channel PRODUCT_COSIGNATURES = new Channel("product-cosignatures", "zeroui:product-cosignatures",
            Plane.PRODUCT, Set.of(Plane.TENANT), KeyScope.GLOBAL, WitnessAnswer.class, METADATA,
            "The witness' cosignatures under checkpoints, or why there is none");

    public static final Channel PRODUCT_POLICY = new Channel("product-policy", "zeroui:product-policy", Plane.PRODUCT,
            Set.of(Plane.TENANT), KeyScope.TENANT, PolicyDelivered.class, POLICIES,
            "Signed policies that are released for a tenant, for its mirror");

    public static final Channel TENANT_POLICY_QUESTIONS = new Channel("tenant-policy-questions", "zeroui:tenant-policy-questions",
            Plane.TENANT, Set.of(Plane.PRODUCT), KeyScope.GLOBAL, PolicyAsked.class, POLICIES,
            "Which release of a tenant's policies its mirror has, for the answer to bring the rest");

    public static final Channel TENANT_POLICY = new Channel("tenant-policy", "zeroui:tenant-policy", Plane.TENANT,
            Set.of(Plane.IDE), KeyScope.EDGE, PolicyDelivered.class, POLICIES,
            "The same policies, as the product plane signed them, for an edge");

    public static final Channel IDE_POLICY_QUESTIONS = new Channel("ide-policy-questions", "zeroui:ide-policy-questions", Plane.IDE,
            Set.of(Plane.TENANT), KeyScope.TENANT, PolicyAsked.class, POLICIES,
            "Which release of its tenant's policies is active on an edge, and what it refused");

    public static final Channel TENANT_CONTEXT = new Channel("tenant-context", "zeroui:tenant-context", Plane.TENANT,
            Set.of(Plane.PRODUCT), KeyScope.GLOBAL, ContextChanged.class, CONTEXT,
            "Redacted context that a tenant exports for search, and its withdrawals");

    public static final Channel PRODUCT_CONTEXT_ACKS = new Channel("product-context-acks", "zeroui:product-context-acks",
            Plane.PRODUCT, Set.of(Plane.TENANT), KeyScope.GLOBAL, ContextApplied.class, POSITIONS,
            "Which exports of context are searchable or gone, and the epoch of what keeps them");

    public static final Channel SHARED_REGISTRY = new Channel("shared-registry", "zeroui:shared-registry", Plane.SHARED,
            Set.of(Plane.TENANT, Plane.PRODUCT), KeyScope.GLOBAL, RulingsDelivered.class, RULINGS,
            "What the shared plane has ruled, signed: by which rules providers may be used, which evaluations were passed");

    public static final Channel TENANT_RULING_QUESTIONS = rulingQuestions(Plane.TENANT);
    public static final Channel PRODUCT_RULING_QUESTIONS = rulingQuestions(Plane.PRODUCT);

    public static final Channel IDE_TELEMETRY = telemetry(Plane.IDE);
    public static final Channel TENANT_TELEMETRY = telemetry(Plane.TENANT);
    public static final Channel PRODUCT_TELEMETRY = telemetry(Plane.PRODUCT);
    public static final Channel SHARED_TELEMETRY = telemetry(Plane.SHARED);

    private static final List<Channel> ALL = List.of(IDE_RECEIPTS, TENANT_RECEIPT_ACKS, TENANT_EVIDENCE,
            PRODUCT_EVIDENCE_ACKS, PRODUCT_TENANTS, TENANT_REGISTRY_QUESTIONS, TENANT_KEYS, TENANT_CHECKPOINTS,
            PRODUCT_COSIGNATURES, PRODUCT_POLICY, TENANT_POLICY_QUESTIONS, TENANT_POLICY, IDE_POLICY_QUESTIONS,
            TENANT_CONTEXT, PRODUCT_CONTEXT_ACKS, SHARED_REGISTRY, TENANT_RULING_QUESTIONS, PRODUCT_RULING_QUESTIONS,
            IDE_TELEMETRY, TENANT_TELEMETRY, PRODUCT_TELEMETRY, SHARED_TELEMETRY);
    private static final Map<String, Channel> BY_NAME = ALL.stream()
            .collect(Collectors.toUnmodifiableMap(Channel::name, Function.identity()));

    private ChannelCatalogue() {
    }

    /** Every channel, in the order of this file. */
    public static List<Channel> all() {
        return ALL;
    }

    /**
     * The channel of that name.
     *
     * @throws IllegalArgumentException when the catalogue has none
     */
    public static Channel byName(String name) {
        Channel channel = BY_NAME.get(name);
        if (channel == null) {
            throw new IllegalArgumentException("no channel '" + name + "' in the catalogue; there are "
                    + ALL.stream().map(Channel::name).toList());
        }
        return channel;
    }

    /** The channels that the plane reads. */
    public static List<Channel> consumedBy(Plane plane) {
        return ALL.stream().filter(channel -> channel.consumers().contains(plane)).toList();
    }

    /** The channels that the plane writes. */
    public static List<Channel> producedBy(Plane plane) {
        return ALL.stream().filter(channel -> channel.producer() == plane).toList();
    }

    /** The channel on which the plane reports about itself. */
    public static Channel telemetryOf(Plane plane) {
        return byName(plane.key() + "-telemetry");
    }

    /**
     * How the keys begin that the plane keeps for itself in Redis (counters of rate limits and the like). They are no road:
     * no other plane reaches them, and no channel's key begins like that.
     */
    public static String privateKeyPrefix(Plane plane) {
        return "zeroui:" + plane.key() + ":";
    }

    /** The channel on which a plane says which rulings it has. */
    public static Channel rulingQuestionsOf(Plane plane) {
        return byName(plane.key() + "-ruling-questions");
    }

    private static Channel rulingQuestions(Plane plane) {
        return new Channel(plane.key() + "-ruling-questions", "zeroui:" + plane.key() + "-ruling-questions", plane,
                Set.of(Plane.SHARED), KeyScope.GLOBAL, RulingsAsked.class, POSITIONS,
                "Which rulings the " + plane.key() + " plane has, for the answer to bring newer ones");
    }

    private static Channel telemetry(Plane plane) {
        return new Channel(plane.key() + "-telemetry", "zeroui:" + plane.key() + "-telemetry", plane,
                Set.of(Plane.SHARED), KeyScope.GLOBAL, TelemetryReport.class, HEALTH,
                "Health, lag and counts of the " + plane.key() + " plane, every few seconds");
    }
}
