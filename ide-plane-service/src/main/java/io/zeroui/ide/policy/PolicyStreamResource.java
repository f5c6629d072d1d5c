package io.zeroui.ide.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Multi;
import io.vertx.core.http.HttpServerRequest;
import io.zeroui.contracts.access.Permission;
import io.zeroui.ide.policy.PolicyFeed.Told;
import io.zeroui.runtime.security.RequiresPermission;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** What happens to this edge's policies, as it happens: server-sent events. */
@Path("/v1/policy/stream")
@Produces(MediaType.SERVER_SENT_EVENTS)
@Tag(name = "policy", description = "Policies that count on this edge")
public class PolicyStreamResource {

    private static final Logger LOG = Logger.getLogger(PolicyStreamResource.class);

    private final PolicyFeed feed;
    private final ObjectMapper json;

    PolicyStreamResource(PolicyFeed feed, ObjectMapper json) {
        this.feed = feed;
        this.json = json;
    }

    /** Events {@code release}, {@code state} and {@code refusal}; the id of each is the version of the release that was active then. */
    @GET
    @RequiresPermission(value = Permission.POLICY_READ, planeWide = true)
    @Operation(operationId = "streamPolicies", summary = "The release that is active on this edge, and every change of it, as server-sent events")
    @APIResponse(responseCode = "200", description = "Events `release` (status, policies without content), `state` (status, states) and `refusal` (status)")
    @APIResponse(responseCode = "503", description = "Too many programs listen")
    public Multi<OutboundSseEvent> stream(@HeaderParam(HttpHeaders.LAST_EVENT_ID_HEADER) @Nullable String lastEventId, @Context Sse sse,
            @Context HttpServerRequest request) {
        feed.requirePlace();
        return feed.listen(release(lastEventId)).map(told -> event(sse, told))
                .onFailure().invoke(slow -> {
                    LOG.infof("a listener reads too slowly and is dropped: %s", slow.getMessage());
                    request.connection().close().onComplete(closed -> LOG.debugf("closed: %s", closed.succeeded()));
                })
                .onFailure().recoverWithCompletion();
    }

    private OutboundSseEvent event(Sse sse, Told told) {
        if (told instanceof Told.Release release) {
            return event(sse, "release", release.version(), release.release());
        } else if (told instanceof Told.States states) {
            return event(sse, "state", states.version(), states.states());
        } else if (told instanceof Told.Refusal refusal) {
            return event(sse, "refusal", refusal.version(), refusal.status());
        }
        return sse.newEventBuilder().comment("").build();
    }

    private OutboundSseEvent event(Sse sse, String name, long release, Object data) {
        try {
            return sse.newEventBuilder().name(name).id(Long.toString(release)).data(String.class, json.writeValueAsString(data)).build();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what is told can always be written", e);
        }
    }

    private static @Nullable Long release(@Nullable String lastEventId) {
        try {
            return lastEventId == null ? null : Long.valueOf(lastEventId.strip());
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
