package io.zeroui.shared.providers.http;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.access.Permission;
import io.zeroui.contracts.rulings.SignedRulings;
import io.zeroui.contracts.rulings.delivery.RulingsAsked;
import io.zeroui.runtime.security.RequiresPermission;
import io.zeroui.shared.providers.index.HistoryRow;
import io.zeroui.shared.providers.index.ProviderStore;
import io.zeroui.shared.providers.publication.RulingQuestionsStreamConsumer;
import io.zeroui.shared.providers.publication.RulingsPublisher;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** What was signed for other planes, who has it, and who did what. */
@Path("/v1/providers")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "providers", description = "Providers, models and adapters, and the rules by which tenants may use them")
public class RulingsResource {

    private final RulingsPublisher publisher;
    private final RulingQuestionsStreamConsumer questions;
    private final ProviderStore store;

    RulingsResource(RulingsPublisher publisher, RulingQuestionsStreamConsumer questions, ProviderStore store) {
        this.publisher = publisher;
        this.questions = questions;
        this.store = store;
    }

    /**
     * What a plane said last.
     *
     * @param plane which one
     * @param upToDate whether it has what counts
     * @param said what it said
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Follower(String plane, boolean upToDate, RulingsAsked said) {
    }

    /**
     * Planes that follow.
     *
     * @param items those that have asked since the start
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Followers(List<Follower> items) {
    }

    /** The signed document. */
    @GET
    @Path("rulings")
    @RequiresPermission(value = Permission.PROVIDERS_READ, planeWide = true)
    @Operation(operationId = "getRulings", summary = "The signed document that counts, byte for byte")
    @APIResponse(responseCode = "304", description = "The same as If-None-Match says")
    @APIResponse(responseCode = "404", description = "Nothing was signed")
    public RestResponse<byte[]> rulings(@HeaderParam("If-None-Match") @Nullable String known) {
        SignedRulings signed = publisher.current();
        if (signed == null) {
            throw Pages.missing("document: nothing was signed");
        }
        String tag = "\"" + signed.hash().hex() + "\"";
        return (tag.equals(known) ? RestResponse.ResponseBuilder.<byte[]> create(RestResponse.Status.NOT_MODIFIED)
                : RestResponse.ResponseBuilder.ok(signed.document())).header("ETag", tag).build();
    }

    /** Who follows. */
    @GET
    @Path("followers")
    @RequiresPermission(value = Permission.PROVIDERS_READ, planeWide = true)
    @Operation(operationId = "listFollowers", summary = "Which rulings the other planes have, and what they refused")
    public Followers followers() {
        SignedRulings signed = publisher.current();
        return new Followers(questions.followers().entrySet().stream().map(one -> new Follower(one.getKey().key(),
                signed != null && one.getValue().epoch() == signed.rulings().epoch() && one.getValue().version() == signed.rulings().version(),
                one.getValue())).toList());
    }

    /** Acts in pages. */
    @GET
    @Path("history")
    @RequiresPermission(value = Permission.PROVIDERS_READ, planeWide = true)
    @Operation(operationId = "listRegistryHistory", summary = "Who did what to the registry, newest first")
    public Uni<Pages.Page<HistoryRow>> history(
            @RestQuery @Parameter(description = "only acts about this, for example rule/no-export or model/acme/chat@1.0") @Nullable String subject,
            @RestQuery @Parameter(description = "next of the page before") @Nullable Long after, @RestQuery @Nullable Integer limit) {
        int most = Pages.limit(limit);
        return store.history(after == null ? Long.MAX_VALUE : after, subject, most + 1)
                .map(rows -> Pages.of(rows, most, row -> String.valueOf(row.act())));
    }
}
