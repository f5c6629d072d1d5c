package io.zeroui.tenant.evidence.search;

import io.vertx.mutiny.sqlclient.Tuple;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.receipts.DecisionStatus;
import io.zeroui.tenant.evidence.index.SignatureStatus;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Objects;

/** A WHERE clause with its parameters; the tenant is the first of both. */
final class StoreConditions {

    private final Tuple values;
    private final StringBuilder text = new StringBuilder("tenant_id = $1");

    StoreConditions(TenantId tenant, SearchFilters filters) {
        values = Tuple.of(tenant.value());
        filters.equal().forEach(this::equal);
        Instant from = filters.from();
        if (from != null) {
            add("timestamp_utc >= ", from.atOffset(ZoneOffset.UTC), "");
        }
        Instant to = filters.to();
        if (to != null) {
            add("timestamp_utc < ", to.atOffset(ZoneOffset.UTC), "");
        }
    }

    private void equal(ReceiptFilter filter, String value) {
        switch (filter) {
            case POLICY_VERSION_ID -> add("", value, " = ANY (policy_version_ids)");
            case STATUS -> text.append(" AND ").append(status(value));
            case SIGNATURE_STATUS -> text.append(" AND ").append(signatureStatus(value));
            default -> add(filter.member() + " = ", value, "");
        }
    }

    /** As a literal: the planner must know which status it is to use the index of the rare ones. */
    private static String status(String value) {
        return "status = '" + Objects.requireNonNull(DecisionStatus.find(value)).key() + "'";
    }

    /** The same: there is an index of those that are not verified. */
    private static String signatureStatus(String value) {
        return "signature_status = '" + SignatureStatus.valueOf(value.toUpperCase(Locale.ROOT)).key() + "'";
    }

    void add(String before, Object value, String after) {
        text.append(" AND ").append(before).append(parameter(value)).append(after);
    }

    void complete(Object value, String after) {
        text.append(parameter(value)).append(after);
    }

    String parameter(Object value) {
        int number = values.addValue(value).size();
        return "$" + number;
    }

    @Override
    public String toString() {
        return text.toString();
    }

    SearchStore.StoreQuery query(String sql) {
        return new SearchStore.StoreQuery(sql, values);
    }
}
