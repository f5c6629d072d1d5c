package io.zeroui.product.policy.http;

import io.zeroui.contracts.access.Permission;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.policy.PolicyVersion;
import io.zeroui.contracts.policy.lifecycle.PolicyAct;
import io.zeroui.product.policy.PolicyProblem;
import io.zeroui.runtime.security.Callers;
import io.zeroui.runtime.security.tenants.TenantAccess;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/** Whose policies a request is about, and who asks. */
@ApplicationScoped
class PolicyCalls {

    private static final int LIMIT_MOST = 500;

    private final TenantAccess tenants;
    private final Callers callers;

    PolicyCalls(TenantAccess tenants, Callers callers) {
        this.tenants = tenants;
        this.callers = callers;
    }

    /**
     * A request.
     *
     * @param tenant whose policies
     * @param by the caller
     */
    record Call(TenantId tenant, String by) {
    }

    /** The tenant whose policies are read. */
    TenantId reader(@Nullable String named) {
        return tenants.get(named, Permission.POLICY_READ_ALL, TenantAccess.HEADER);
    }

    /** A request that changes something. */
    Call of(@Nullable String named, Permission all) {
        TenantId tenant = tenants.get(named, all, TenantAccess.HEADER);
        return new Call(tenant, by());
    }

    /** The caller, as histories name him. */
    String by() {
        String subject = callers.current().subject();
        return subject.length() <= PolicyAct.BY_MOST ? subject : subject.substring(0, PolicyAct.BY_MOST);
    }

    /** A version that a request names; 400 where it cannot be one. */
    static PolicyVersion id(String policyId, String version) {
        try {
            return new PolicyVersion(policyId, version);
        } catch (IllegalArgumentException e) {
            throw PolicyProblem.invalid("version", "or policy_id is not valid: " + e.getMessage());
        }
    }

    /** How many items a page may have. */
    static int limit(int limit) {
        if (limit < 1 || limit > LIMIT_MOST) {
            throw PolicyProblem.invalid("limit", "must be 1 to " + LIMIT_MOST);
        }
        return limit;
    }
}
