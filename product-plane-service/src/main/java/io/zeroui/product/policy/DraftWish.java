package io.zeroui.product.policy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.contracts.policy.Enforcement;
import io.zeroui.contracts.policy.PolicyVersion;
import org.jspecify.annotations.Nullable;

/**
 * The wish for a new version.
 *
 * @param id which one
 * @param type what kind of policy; null for that of its template
 * @param scope what it is about
 * @param enforcement the worst that a gate decides by it
 * @param content what it says; with a template what it says otherwise (RFC 7396); null for what the template says
 * @param template whose content it begins with; null for none
 */
public record DraftWish(PolicyVersion id, @Nullable String type, String scope, Enforcement enforcement, @Nullable ObjectNode content,
        @Nullable String template) {
}
