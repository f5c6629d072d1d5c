package io.zeroui.contracts.rulings.providers;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rules in the form from which questions are answered. Immutable; an answer reads maps and a few lists and takes microseconds.
 *
 * <p>
 * The order of {@link Ground} is the order of the looks. Among rules that fit, one that denies beats all that allow, whoever's they are: a
 * tenant cannot open what the organisation has closed, nor the organisation what the tenant has closed for itself. An allow of either
 * is enough. Where several of one effect fit, the decision names, of those that deny, the organisation's before the tenant's, of those that
 * allow, the tenant's before the organisation's, and then the one whose id comes first. A rule counts from {@code from} until just before
 * {@code until}.
 *
 * <p>
 * A question that names no version is about the newest version that may be used, deprecated ones only where there is no other.
 */
public final class ProviderDecisions {

    private static final String ORGANISATION = "organisation";
    private static final String TENANT = "tenant";

    private final Map<String, Subject<CompiledModel>> models = new HashMap<>();
    private final Map<String, Subject<CompiledAdapter>> adapters = new HashMap<>();
    private final Map<String, RuleBook> tenants = new HashMap<>();
    private final RuleBook organisation;

    private ProviderDecisions(ProviderRules rules) {
        rules.models().forEach(one -> models.put(one.name(), Subject.of(one.versions().stream().map(CompiledModel::of).toList())));
        rules.adapters().forEach(one -> adapters.put(one.name(), Subject.of(one.versions().stream().map(CompiledAdapter::of).toList())));
        List<CompiledRule> organisations = new ArrayList<>();
        Map<String, List<CompiledRule>> byTenant = new HashMap<>();
        for (ProviderRule rule : rules.rules()) {
            String tenant = rule.tenant();
            (tenant == null ? organisations : byTenant.computeIfAbsent(tenant, one -> new ArrayList<>())).add(CompiledRule.of(rule));
        }
        organisation = RuleBook.of(organisations);
        byTenant.forEach((tenant, own) -> tenants.put(tenant, RuleBook.of(own)));
    }

    /** The form for these rules. */
    public static ProviderDecisions of(ProviderRules rules) {
        return new ProviderDecisions(rules);
    }

    /** The answer. */
    public ProviderDecision decide(DecisionQuestion question) {
        Subject<CompiledModel> models = this.models.get(question.model());
        if (models == null) {
            return answer(question, Ground.UNKNOWN_MODEL, null, null, null);
        }
        CompiledModel model = models.find(question.modelVersion(), question.at());
        if (model == null) {
            return answer(question, Ground.UNKNOWN_MODEL_VERSION, null, null, null);
        }
        if (!model.isUsable(question.at())) {
            return answer(question, model.standing() == Standing.REVOKED ? Ground.MODEL_REVOKED : Ground.MODEL_RETIRED, null, model, null);
        }
        Subject<CompiledAdapter> adapters = this.adapters.get(question.adapter());
        if (adapters == null) {
            return answer(question, Ground.UNKNOWN_ADAPTER, null, model, null);
        }
        CompiledAdapter adapter = adapters.find(question.adapterVersion(), question.at());
        if (adapter == null) {
            return answer(question, Ground.UNKNOWN_ADAPTER_VERSION, null, model, null);
        }
        Ground obstacle = obstacle(question, model, adapter);
        return obstacle == null ? byRules(question, model, adapter) : answer(question, obstacle, null, model, adapter);
    }

    /** What forbids it whatever the rules say; null where nothing does. */
    private static @Nullable Ground obstacle(DecisionQuestion question, CompiledModel model, CompiledAdapter adapter) {
        if (!adapter.isUsable(question.at())) {
            return adapter.standing() == Standing.REVOKED ? Ground.ADAPTER_REVOKED : Ground.ADAPTER_RETIRED;
        }
        String sha256 = question.adapterSha256();
        if (sha256 != null && !sha256.equals(adapter.of().sha256())) {
            return Ground.ADAPTER_CHECKSUM;
        }
        if (!adapter.worksWith(question.model(), model.version())) {
            return Ground.ADAPTER_INCOMPATIBLE;
        }
        if (!model.isOfferedIn(question.region())) {
            return Ground.REGION_NOT_OFFERED;
        }
        return question.category().compareTo(model.of().accepts()) > 0 ? Ground.CATEGORY_NOT_ACCEPTED : null;
    }

    private ProviderDecision byRules(DecisionQuestion question, CompiledModel model, CompiledAdapter adapter) {
        RuleBook own = tenants.getOrDefault(question.tenant().value(), RuleBook.EMPTY);
        ProviderRule deny = RuleBook.deny(organisation, own, question, model.version(), adapter.version());
        if (deny != null) {
            return answer(question, Ground.DENY_RULE, deny, model, adapter);
        }
        ProviderRule allow = RuleBook.allow(organisation, own, question, model.version(), adapter.version());
        return answer(question, allow == null ? Ground.NO_RULE : Ground.ALLOW_RULE, allow, model, adapter);
    }

    private static ProviderDecision answer(DecisionQuestion question, Ground ground, @Nullable ProviderRule rule, @Nullable CompiledModel model,
            @Nullable CompiledAdapter adapter) {
        String scope = rule == null ? null : rule.belongsToOrganisation() ? ORGANISATION : TENANT;
        return new ProviderDecision(ground == Ground.ALLOW_RULE, ground, rule == null ? null : rule.name(), scope,
                model == null ? null : question.model() + "@" + model.version(),
                adapter == null ? null : question.adapter() + "@" + adapter.version(),
                model != null && model.standing() == Standing.DEPRECATED, adapter != null && adapter.standing() == Standing.DEPRECATED);
    }
}
