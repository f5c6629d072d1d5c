package io.zeroui.shared.providers.http;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.access.Permission;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.rulings.providers.DataCategory;
import io.zeroui.contracts.rulings.providers.ProviderRule;
import io.zeroui.contracts.rulings.providers.ProviderRule.Effect;
import io.zeroui.runtime.security.Callers;
import io.zeroui.runtime.security.RequiresPermission;
import io.zeroui.shared.providers.ProviderRegistry;
import io.zeroui.shared.providers.book.RegistryDeed.RuleRemoved;
import io.zeroui.shared.providers.index.ProviderStore;
import io.zeroui.shared.providers.index.RuleRow;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** By which rules tenants may use models. Nothing is allowed that no rule allows. */
@Path("/v1/providers/rules")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "providers", description = "Providers, models and adapters, and the rules by which tenants may use them")
public class RulesResource {

    private final ProviderRegistry registry;
    private final ProviderStore store;
    private final Callers callers;

    RulesResource(ProviderRegistry registry, ProviderStore store, Callers callers) {
        this.registry = registry;
        this.store = store;
        this.callers = callers;
    }

    /**
     * A rule as it is wished.
     *
     * @param effect {@code allow} or {@code deny}
     * @param tenant whose; absent for the organisation's
     * @param except tenants that the organisation's rule is not about
     * @param model pattern of models
     * @param modelVersions range of their versions; absent for all
     * @param adapter pattern of adapters; absent for all
     * @param adapterVersions range of their versions; absent for all
     * @param categories of data; absent for all
     * @param regions patterns of regions; absent for all
     * @param from since when it counts; absent for always
     * @param until from when it does not count any more; absent for never
     * @param reason why
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record RuleBody(@Nullable Effect effect, @Nullable String tenant, @Nullable List<String> except, @Nullable String model,
            @Nullable String modelVersions, @Nullable String adapter, @Nullable String adapterVersions, @Nullable List<DataCategory> categories,
            @Nullable List<String> regions, @Nullable Instant from, @Nullable Instant until, @Nullable String reason) {

        ProviderRule rule(String id, int version) {
            Effect what = Pages.required("effect", effect);
            String which = Pages.required("model", model);
            return Pages.read("rule", unused -> new ProviderRule(id, version, what, tenant, listed(except), which, orAll(modelVersions), orAll(adapter),
                    orAll(adapterVersions), listed(categories), listed(regions), from, until), id);
        }

        private static String orAll(@Nullable String pattern) {
            return pattern == null ? "*" : pattern;
        }

        private static <T> List<T> listed(@Nullable List<T> list) {
            return list == null ? List.of() : list;
        }
    }

    /** Sets a rule. */
    @PUT
    @Path("{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission(value = Permission.PROVIDERS_MANAGE, planeWide = true)
    @Operation(operationId = "setRule", summary = "Sets a rule, in the place of its version before; it counts in all planes at once")
    @APIResponse(responseCode = "200", description = "The rule with its version")
    @APIResponse(responseCode = "412", description = "Its version is another one than If-Match says; \"0\" stands for a rule that is not there")
    public Uni<ProviderRule> set(@RestPath String id, @HeaderParam("If-Match") @Nullable String expected, @Nullable RuleBody body) {
        RuleBody wish = Pages.required("body", body);
        String reason = Reasons.required(wish.reason());
        Integer version = expected == null ? null : Pages.read("If-Match", text -> Integer.valueOf(text.replace("\"", "")), expected);
        ProviderRule checked = wish.rule(Pages.read("id", TenantId::of, id).value(), 1);
        return registry.setRule(checked.id(), version, next -> wish.rule(checked.id(), next), reason, callers.current().subject());
    }

    /** Rules in pages. */
    @GET
    @RequiresPermission(value = Permission.PROVIDERS_READ, planeWide = true)
    @Operation(operationId = "listRules", summary = "Rules that count, by their ids")
    @APIResponse(responseCode = "304", description = "The same as If-None-Match says")
    public Uni<RestResponse<Pages.Page<RuleRow>>> list(@RestQuery @Parameter(description = "only this tenant's own") @Nullable String tenant,
            @RestQuery @Nullable String after, @RestQuery @Nullable Integer limit, @HeaderParam("If-None-Match") @Nullable String known) {
        int most = Pages.limit(limit);
        return store.rules(after == null ? "" : after, tenant, most + 1).map(rows -> Pages.tagged(Pages.of(rows, most, row -> row.rule().id()), known));
    }

    /** One rule. */
    @GET
    @Path("{id}")
    @RequiresPermission(value = Permission.PROVIDERS_READ, planeWide = true)
    @Operation(operationId = "getRule", summary = "A rule that counts")
    @APIResponse(responseCode = "304", description = "The same as If-None-Match says")
    @APIResponse(responseCode = "404", description = "There is none of that id")
    public Uni<RestResponse<RuleRow>> get(@RestPath String id, @HeaderParam("If-None-Match") @Nullable String known) {
        return store.rule(id).map(found -> Pages.tagged(found.orElseThrow(() -> Pages.missing("such rule")), known));
    }

    /** Removes a rule. */
    @DELETE
    @Path("{id}")
    @RequiresPermission(value = Permission.PROVIDERS_MANAGE, planeWide = true)
    @Operation(operationId = "removeRule", summary = "Removes a rule; it stops counting in all planes at once")
    @APIResponse(responseCode = "204", description = "It does not count any more")
    @APIResponse(responseCode = "404", description = "There is none of that id")
    public Uni<RestResponse<Void>> remove(@RestPath String id, @RestQuery @Nullable String reason) {
        return registry.change(new RuleRemoved(id, Reasons.required(reason)), callers.current().subject()).map(act -> RestResponse.noContent());
    }
}
