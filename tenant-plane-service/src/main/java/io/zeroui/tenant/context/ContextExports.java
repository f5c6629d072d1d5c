package io.zeroui.tenant.context;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.zeroui.contracts.context.ContextChanged;
import io.zeroui.contracts.fabric.ZuRoot;
import io.zeroui.contracts.identity.Region;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.ledger.acts.Why;
import io.zeroui.contracts.metadata.Finding.Kind;
import io.zeroui.contracts.metadata.Redaction;
import io.zeroui.contracts.metadata.Redactor;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.runtime.PlaneConfig;
import io.zeroui.runtime.limits.Bulkhead;
import io.zeroui.runtime.problems.ProblemException;
import io.zeroui.tenant.context.ExportFiles.Exported;
import io.zeroui.tenant.context.ExportFiles.Standing;
import io.zeroui.tenant.context.ExportFiles.Withdrawn;
import io.zeroui.tenant.evidence.work.EvidenceWorkers;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** A tenant's exports of context: made, shown and withdrawn. What completes is on the disk; the product plane hears of it soon. */
@ApplicationScoped
public class ContextExports {

    private static final Logger LOG = Logger.getLogger(ContextExports.class);
    private static final int UNREDACTABLE = 422;
    private static final int REDACTED_OF_TENANT = 2;
    private static final int REDACTED_AT_ONCE = 4;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final ZuRoot root;
    private final Region region;
    private final ContextPolicies policies;
    private final ContextSender sender;
    private final EvidenceWorkers workers;
    private final ContextConfig config;
    private final Clock clock;
    private final Bulkhead redacting = new Bulkhead(REDACTED_OF_TENANT, REDACTED_AT_ONCE);

    ContextExports(PlaneConfig plane, ContextPolicies policies, ContextSender sender, EvidenceWorkers workers, ContextConfig config, Clock clock) {
        this.root = new ZuRoot(plane.fabric().root());
        this.region = Region.of(plane.region());
        this.policies = policies;
        this.sender = sender;
        this.workers = workers;
        this.config = config;
        this.clock = clock;
    }

    /**
     * A page of exports.
     *
     * @param items the newest first
     * @param next where the next page begins; null behind the last one
     */
    record Page(List<ExportView> items, @Nullable UUID next) {
    }

    /**
     * Exports a text, redacted. The same request with the same id again changes nothing.
     *
     * @throws ProblemException 403 when a policy forbids it, 409 when another export has the id, 422 when nothing but removed places would be left
     */
    Uni<ExportView> export(TenantId tenant, ExportRequest request, String by) {
        return policies.forbidding(tenant, request.kind())
                .invoke(policy -> {
                    if (policy.isPresent()) {
                        throw new ProblemException(ErrorCode.FORBIDDEN, ErrorCode.FORBIDDEN.status(),
                                "A policy of the tenant forbids exports of this kind", Map.of("policy", policy.get().id(), "kind", request.kind().key()));
                    }
                })
                .chain(allowed -> redacted(tenant, request, by))
                .chain(redacted -> workers.run(() -> write(tenant, redacted)))
                .invoke(view -> sender.add(tenant, view.exportId(), false));
    }

    /** What may leave of a request. */
    private record Redacted(Exported exported, String content) {
    }

    /** To look through a hostile text may take seconds: not on the threads that receipts wait for, and not for many at once. */
    private Uni<Redacted> redacted(TenantId tenant, ExportRequest request, String by) {
        if (!redacting.tryTake(tenant.value())) {
            return Uni.createFrom().failure(new ProblemException(ErrorCode.DEPENDENCY_UNAVAILABLE, "Too many texts are being redacted at once"));
        }
        return Uni.createFrom().item(() -> redact(request, by))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .onTermination().invoke(() -> redacting.giveBack(tenant.value()));
    }

    private Redacted redact(ExportRequest request, String by) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        UUID id = request.exportId() == null ? newId(now) : request.exportId();
        Map<String, Integer> removed = new TreeMap<>();
        String title = cut(redacted(request.title(), removed), ContextChanged.TITLE_MOST);
        String content = redacted(request.content(), removed);
        requireSomethingLeft(content);
        Set<String> tags = new TreeSet<>();
        for (String tag : request.tags()) {
            if (Redactor.redact(tag).removed().isEmpty()) {
                tags.add(tag);
            } else {
                removed.merge("tag", 1, Integer::sum);
            }
        }
        return new Redacted(new Exported(id, request.kind().key(), title, List.copyOf(tags), Hash.of(content.getBytes(StandardCharsets.UTF_8)).hex(),
                content.length(), removed, now, by), content);
    }

    private ExportView write(TenantId tenant, Redacted redacted) throws IOException {
        ExportFiles files = files(tenant);
        requireRoom(files);
        if (!files.write(redacted.exported(), redacted.content())) {
            return requireSame(files, redacted.exported());
        }
        return ExportView.of(new Standing(redacted.exported(), null, null), null);
    }

    private static String redacted(String text, Map<String, Integer> removed) {
        Redaction redaction = Redactor.redact(text);
        redaction.removed().forEach((kind, places) -> removed.merge(key(kind), places, Integer::sum));
        return redaction.text();
    }

    private static String key(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    /** Marks can make a text longer than it was. */
    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most);
    }

    private static void requireSomethingLeft(String content) {
        if (content.length() > ContextChanged.CONTENT_MOST || content.replaceAll("\\[(?:code|secret|personal data) removed]", "").isBlank()) {
            throw new ProblemException(ErrorCode.VALIDATION_ERROR, UNREDACTABLE, "Nothing of the text may leave: it is source code, a secret or personal data",
                    Map.of("member", "content"));
        }
    }

    private void requireRoom(ExportFiles files) throws IOException {
        if (files.list().size() >= config.exportsMost()) {
            throw new ProblemException(ErrorCode.VALIDATION_ERROR, 409, "The tenant has made as many exports as it may",
                    Map.of("exports_most", config.exportsMost()));
        }
    }

    private static ExportView requireSame(ExportFiles files, Exported wanted) throws IOException {
        Standing standing = files.find(wanted.exportId()).orElse(null);
        Exported known = standing == null ? null : standing.exported();
        if (standing == null || known == null || !known.contentSha256().equals(wanted.contentSha256()) || !known.title().equals(wanted.title())
                || !known.kind().equals(wanted.kind()) || !known.tags().equals(wanted.tags())) {
            throw new ProblemException(ErrorCode.VALIDATION_ERROR, 409, "Another export has this id, or one that was withdrawn",
                    Map.of("member", "export_id"));
        }
        return ExportView.of(standing, null);
    }

    /** An export, with its redacted text; refused with 404 where there is none. */
    Uni<ExportView> get(TenantId tenant, UUID exportId) {
        return workers.read(() -> {
            ExportFiles files = files(tenant);
            Standing standing = require(files, exportId);
            Exported exported = standing.exported();
            return ExportView.of(standing, exported == null ? null : files.content(exported));
        });
    }

    /**
     * Exports without their texts, the newest first.
     *
     * @param before where the page begins, as the one before says; null for the first
     */
    Uni<Page> list(TenantId tenant, @Nullable UUID before, int limit) {
        return workers.read(() -> {
            ExportFiles files = files(tenant);
            List<ExportView> items = new ArrayList<>();
            UUID last = null;
            for (UUID id : files.list()) {
                if (before != null && id.toString().compareTo(before.toString()) >= 0) {
                    continue;
                }
                if (items.size() == limit) {
                    return new Page(items, last);
                }
                Optional<Standing> standing = files.find(id);
                standing.ifPresent(found -> items.add(ExportView.of(found, null)));
                last = standing.isPresent() ? id : last;
            }
            return new Page(items, null);
        });
    }

    /** Withdraws an export: its text is gone here when this completes, and soon on the product plane. Again changes nothing; 404 where there is none. */
    Uni<ExportView> withdraw(TenantId tenant, UUID exportId, Why why) {
        return workers.run(() -> {
            ExportFiles files = files(tenant);
            Standing standing = require(files, exportId);
            Exported exported = standing.exported();
            if (exported == null) {
                return ExportView.of(standing, null);
            }
            boolean isFirst = files.withdraw(new Withdrawn(exportId, exported.kind(), exported.exportedAt(), clock.instant().truncatedTo(ChronoUnit.MILLIS), why.by(),
                    why.reason()));
            LOG.debugf("the export %s is withdrawn%s", exportId, isFirst ? "" : " by somebody else");
            return ExportView.of(require(files, exportId), null);
        }).invoke(view -> sender.add(tenant, exportId, true));
    }

    private static Standing require(ExportFiles files, UUID exportId) throws IOException {
        return files.find(exportId).orElseThrow(() -> new ProblemException(ErrorCode.RESOURCE_NOT_FOUND, "The tenant has no such export"));
    }

    private ExportFiles files(TenantId tenant) {
        return new ExportFiles(root.contextExportsFolder(tenant, region));
    }

    /** A UUID of version 7 (RFC 9562): it begins with the time. */
    static UUID newId(Instant now) {
        long random = RANDOM.nextLong();
        return new UUID(now.toEpochMilli() << 16 | 0x7000 | random & 0xfff, RANDOM.nextLong() & 0x3fffffffffffffffL | 0x8000000000000000L);
    }
}
