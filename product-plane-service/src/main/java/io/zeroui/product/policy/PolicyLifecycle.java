package io.zeroui.product.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.policy.InvalidPolicy;
import io.zeroui.contracts.policy.PolicyLabels;
import io.zeroui.contracts.policy.PolicyVersion;
import io.zeroui.contracts.policy.lifecycle.Deed;
import io.zeroui.contracts.policy.lifecycle.PolicyAct;
import io.zeroui.contracts.policy.lifecycle.PolicyActRefused;
import io.zeroui.contracts.policy.lifecycle.PolicyBook;
import io.zeroui.contracts.policy.lifecycle.PolicyEntry;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.product.policy.publication.ReleasePublisher;
import io.zeroui.product.policy.registry.PolicyRegistry;
import io.zeroui.product.policy.registry.SnapshotSigner;
import io.zeroui.product.policy.templates.ContentSchemas;
import io.zeroui.product.policy.templates.MergePatch;
import io.zeroui.product.policy.templates.PolicyTemplate;
import io.zeroui.product.policy.templates.PolicyTemplates;
import io.zeroui.runtime.problems.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What can be done to tenants' policies. An act is on the disk when it is answered, and needs no database. Refusals are {@link
 * ProblemException}s: 404 for what is not there, 409 with {@code reason} for an act that is not allowed.
 */
@ApplicationScoped
public class PolicyLifecycle {

    private final PolicyRegistry registry;
    private final SnapshotSigner signer;
    private final PolicyTemplates templates;
    private final ContentSchemas schemas;
    private final ReleasePublisher publisher;

    PolicyLifecycle(PolicyRegistry registry, SnapshotSigner signer, PolicyTemplates templates, ContentSchemas schemas,
            ReleasePublisher publisher) {
        this.registry = registry;
        this.signer = signer;
        this.templates = templates;
        this.schemas = schemas;
        this.publisher = publisher;
    }

    /**
     * A version with what it says and all that was done to it.
     *
     * @param entry how it stands
     * @param snapshot its bytes
     * @param history the acts, first first
     */
    public record Version(PolicyEntry entry, byte[] snapshot, List<PolicyAct> history) {
    }

    /** Writes a new version. Fails with 400 for a content that must not be one, with 503 where nothing can sign it. */
    public Uni<PolicyEntry> draft(TenantId tenant, String by, String reason, DraftWish wish) {
        return onWorker(() -> {
            requireSigner();
            PolicyTemplate template = wish.template() == null ? null
                    : templates.find(wish.template()).orElseThrow(() -> PolicyProblem.missing("template"));
            String type = wish.type() != null ? wish.type() : template == null ? "" : template.type();
            PolicyLabels labels = labels(type, wish);
            ObjectNode content = content(template, wish);
            List<ContentSchemas.Fault> faults = schemas.faults(type, content);
            if (!faults.isEmpty()) {
                throw PolicyProblem.of(type, faults);
            }
            try {
                return registry.draft(tenant, wish.id(), by, reason, labels, content, signer);
            } catch (PolicyActRefused e) {
                throw PolicyProblem.of(e);
            } catch (InvalidPolicy e) {
                throw PolicyProblem.of(e);
            }
        });
    }

    private static PolicyLabels labels(String type, DraftWish wish) {
        try {
            return new PolicyLabels(type, wish.scope(), wish.enforcement());
        } catch (IllegalArgumentException e) {
            throw PolicyProblem.invalid(PolicyLabels.isType(type) ? "scope" : "type", "is not valid: " + e.getMessage());
        }
    }

    private static ObjectNode content(@Nullable PolicyTemplate template, DraftWish wish) {
        ObjectNode given = wish.content();
        JsonNode merged = template == null ? given : given == null ? template.content() : MergePatch.apply(template.content(), given);
        if (merged instanceof ObjectNode content) {
            return content;
        }
        throw PolicyProblem.invalid("content", "is required where there is no template");
    }

    /** Does an act; where it changes what edges shall have, that is published. */
    public Uni<ActOutcome> act(TenantId tenant, PolicyVersion id, String by, String reason, Deed deed) {
        return published(tenant, changesEdges(deed), () -> {
            try {
                return registry.act(tenant, id, by, reason, deed);
            } catch (PolicyActRefused e) {
                throw PolicyProblem.of(e);
            }
        });
    }

    /** Gives the content of an earlier version to everyone again, as a new version. Fails with 503 where nothing can sign it. */
    public Uni<ActOutcome> restore(TenantId tenant, PolicyVersion from, String by, String reason) {
        return published(tenant, true, () -> {
            requireSigner();
            try {
                return registry.restore(tenant, from, by, reason, signer, null).orElseThrow();
            } catch (PolicyActRefused e) {
                throw PolicyProblem.of(e);
            } catch (InvalidPolicy e) {
                throw PolicyProblem.of(e);
            }
        });
    }

    private Uni<ActOutcome> published(TenantId tenant, boolean changesEdges, Supplier<PolicyEntry> act) {
        return onWorker(act)
                .onFailure(PolicyLifecycle::mayBeDone).call(() -> publisher.publish(tenant))
                .chain(entry -> changesEdges ? publisher.publish(tenant).map(done -> new ActOutcome(entry, done))
                        : Uni.createFrom().item(new ActOutcome(entry, true)));
    }

    private void requireSigner() {
        if (signer.kid().isEmpty()) {
            throw new ProblemException(ErrorCode.DEPENDENCY_UNAVAILABLE,
                    "No version can be written here: ZEROUI_POLICY_SNAPSHOT_KEY is not set, so no snapshot can be signed");
        }
    }

    /** A disk that failed may have taken the act before it did. */
    private static boolean mayBeDone(Throwable failure) {
        return !(failure instanceof ProblemException problem) || problem.status() >= 500;
    }

    /** Everything from a release on; to publish the same once more does no harm. */
    private static boolean changesEdges(Deed deed) {
        return !(deed instanceof Deed.Drafted || deed instanceof Deed.Submitted || deed instanceof Deed.Approved
                || deed instanceof Deed.Rejected);
    }

    /** Reads something of a tenant's book. */
    public <T> Uni<T> read(TenantId tenant, Function<PolicyBook, T> question) {
        return onWorker(() -> question.apply(registry.book(tenant)));
    }

    /** One version with everything. */
    public Uni<Version> get(TenantId tenant, PolicyVersion id) {
        return onWorker(() -> {
            PolicyBook book = registry.book(tenant);
            PolicyEntry entry = book.find(id).orElseThrow(() -> PolicyProblem.missing("version of that policy"));
            return new Version(entry, registry.snapshot(tenant, entry), book.history(id));
        });
    }

    /** Work that waits for the disk, with its failures as answers. */
    public <T> Uni<T> onWorker(Supplier<T> work) {
        return Uni.createFrom().item(work).runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .onFailure().transform(PolicyProblem::translated);
    }
}
