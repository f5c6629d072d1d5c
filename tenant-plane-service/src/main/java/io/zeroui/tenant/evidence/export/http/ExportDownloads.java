package io.zeroui.tenant.evidence.export.http;

import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import io.zeroui.contracts.access.Permission;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.runtime.downloads.FileDownloads;
import io.zeroui.runtime.downloads.StoredFile;
import io.zeroui.runtime.limits.RateLimit;
import io.zeroui.runtime.limits.RateLimits;
import io.zeroui.runtime.problems.ErrorForms;
import io.zeroui.runtime.problems.RequestId;
import io.zeroui.runtime.security.Caller;
import io.zeroui.tenant.evidence.access.EvidenceAction;
import io.zeroui.tenant.evidence.access.EvidenceReads;
import io.zeroui.tenant.evidence.export.Export;
import io.zeroui.tenant.evidence.export.ExportConfig;
import io.zeroui.tenant.evidence.export.ExportId;
import io.zeroui.tenant.evidence.export.Exports;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Gives out the files of exports; each time leaves a record. */
@ApplicationScoped
class ExportDownloads {

    private static final String NO_FILE = "the export has no file: its state is ";

    private final Exports exports;
    private final EvidenceReads reads;
    private final RateLimits limits;
    private final FileDownloads downloads;

    ExportDownloads(Exports exports, EvidenceReads reads, RateLimits limits, ExportConfig config, ErrorForms forms) {
        this.exports = exports;
        this.reads = reads;
        this.limits = limits;
        this.downloads = new FileDownloads(config.downloads(), config.tenantDownloads(), forms);
    }

    /**
     * What is asked for.
     *
     * @param by who asks; his tenant's limit counts it
     * @param sha256 that the file must have; null where any is good
     */
    record Request(Caller by, TenantId tenant, @Nullable ExportId id, @Nullable String sha256) {
    }

    /** Answers a request, with a problem where {@code asked} throws one. */
    void serve(RoutingContext routing, Supplier<Request> asked) {
        String requestId = RequestId.of(routing.request());
        downloads.serve(routing, () -> {
            Request request = asked.get();
            return new FileDownloads.Wish(request.tenant().value(), limits.account(RateLimit.QUERY, request.by(),
                    Permission.EVIDENCE_EXPORT, request.tenant().value()), Uni.createFrom().deferred(() -> file(request, requestId)));
        });
    }

    private Uni<StoredFile> file(Request request, String requestId) {
        Export export = exports.get(request.tenant(), request.id());
        Export.File file = export.file();
        if (file == null || request.sha256() != null && !request.sha256().equals(file.sha256())) {
            Export.End end = export.end();
            throw ExportLinks.gone(end == null ? export.state().key() : end.reason().key(), NO_FILE + export.state().key());
        }
        return exports.file(export)
                .map(found -> found.orElseThrow(() -> ExportLinks.gone(Export.Reason.FILE_GONE.key(), "the file is not there any more")))
                .invoke(found -> reads.begin(request.by().subject(), requestId, EvidenceAction.EXPORT_DOWNLOAD, export.id().value())
                        .seen(export.tenant(), file.rows()))
                .map(found -> stored(export, file, found));
    }

    private static StoredFile stored(Export export, Export.File file, Path path) {
        return new StoredFile(path, file.bytes(), file.sha256(), export.wish().mediaType(),
                "evidence-" + export.tenant() + "-" + export.id() + "." + export.wish().suffix());
    }
}
