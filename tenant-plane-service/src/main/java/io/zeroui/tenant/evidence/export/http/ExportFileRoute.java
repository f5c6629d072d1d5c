package io.zeroui.tenant.evidence.export.http;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import io.zeroui.contracts.access.Permission;
import io.zeroui.runtime.security.Caller;
import io.zeroui.runtime.security.gate.AuthorisedRoute;
import io.zeroui.runtime.security.tenants.TenantAccess;
import io.zeroui.tenant.evidence.export.ExportId;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * {@code GET /v1/evidence/export/{id}/file}, with a credential. A Vert.x route, because the file goes from the disk to the network
 * without passing through memory; its description for OpenAPI is in {@code META-INF/openapi.yaml}.
 */
@ApplicationScoped
public class ExportFileRoute implements AuthorisedRoute {

    private final ExportDownloads downloads;
    private final TenantAccess tenants;

    ExportFileRoute(ExportDownloads downloads, TenantAccess tenants) {
        this.downloads = downloads;
        this.tenants = tenants;
    }

    @Override
    public String path() {
        return ExportAnswer.PATH + ":id/file";
    }

    @Override
    public List<HttpMethod> methods() {
        return List.of(HttpMethod.GET, HttpMethod.HEAD);
    }

    @Override
    public Permission permission() {
        return Permission.EVIDENCE_EXPORT;
    }

    @Override
    public void serve(RoutingContext routing, Caller caller) {
        downloads.serve(routing, () -> new ExportDownloads.Request(caller,
                tenants.get(routing, caller, Permission.EVIDENCE_EXPORT_ALL),
                ExportId.parse(routing.pathParam("id")).orElse(null), null));
    }
}
