package io.zeroui.tenant.evidence.export.http;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.zeroui.contracts.access.Permission;
import io.zeroui.runtime.security.Caller;
import io.zeroui.runtime.security.gate.LinkRoute;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The links to files of exports. They are not in OpenAPI: nobody makes one up, and what is in one may change. */
@ApplicationScoped
public class ExportLinkRoute implements LinkRoute {

    private final ExportDownloads downloads;
    private final ExportLinks links;

    ExportLinkRoute(ExportDownloads downloads, ExportLinks links) {
        this.downloads = downloads;
        this.links = links;
    }

    @Override
    public String prefix() {
        return ExportLinks.PREFIX;
    }

    @Override
    public String parameters() {
        return "/:tenant/:id";
    }

    @Override
    public void serve(RoutingContext routing) {
        downloads.serve(routing, () -> {
            ExportLinks.Right right = links.check(routing.pathParam("tenant"), routing.pathParam("id"), one(routing, "sha256"),
                    one(routing, "expires"), one(routing, "signature"));
            return new ExportDownloads.Request(new Caller("link:" + right.id(), right.tenant(), Set.of(Permission.EVIDENCE_EXPORT)),
                    right.tenant(), right.id(), right.sha256());
        });
    }

    /** A parameter of the query that is there once; null else. */
    private static @Nullable String one(RoutingContext routing, String name) {
        HttpServerRequest request = routing.request();
        var values = request.params().getAll(name);
        return values.size() == 1 ? values.get(0) : null;
    }
}
