package io.zeroui.shared.supplychain.sbom.http;

import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.access.Permission;
import io.zeroui.runtime.security.RequiresPermission;
import io.zeroui.shared.supplychain.sbom.model.Purl;
import io.zeroui.shared.supplychain.sbom.model.SbomProblem;
import io.zeroui.shared.supplychain.sbom.store.Where;
import io.zeroui.shared.supplychain.sbom.store.WhereStore;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Components of all bills of materials. */
@Path("/v1/components")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "sboms", description = "Bills of materials: what software is made of, and what changed between releases")
public class ComponentsResource {

    private static final int COUNT_MOST = 1_000;

    private final WhereStore store;

    ComponentsResource(WhereStore store) {
        this.store = store;
    }

    /** Where a component is. */
    @GET
    @Path("where")
    @RequiresPermission(value = Permission.SUPPLY_READ, planeWide = true)
    @Operation(operationId = "whereIsComponent", summary = "In which bills of materials a component is, with a shortest way from the root, in pages",
            description = "Exactly one of purl, purl_prefix, name, licence and hash says what is looked for.")
    @APIResponse(responseCode = "400", description = "A parameter is wrong")
    public Uni<Pages.WherePage> where(
            @RestQuery @Parameter(description = "package URL; without a version all versions are meant") @Nullable String purl,
            @RestQuery @Parameter(description = "with purl: versions from this one on") @Nullable String from,
            @RestQuery @Parameter(description = "with purl: versions before this one") @Nullable String before,
            @RestQuery("purl_prefix") @Parameter(description = "beginning of a canonical package URL") @Nullable String purlPrefix,
            @RestQuery @Parameter(description = "beginning of a name, in whatever case") @Nullable String name,
            @RestQuery @Parameter(description = "SPDX identifier, expression or name of a licence") @Nullable String licence,
            @RestQuery @Parameter(description = "algorithm:hex, for example sha-256:…") @Nullable String hash,
            @RestQuery @Parameter(description = "true: also how many places there are, up to 1,000") @Nullable String count,
            @RestQuery @Nullable String limit, @RestQuery @Nullable String cursor) {
        Where where = wanted(purl, from, before, purlPrefix, name, licence, hash);
        int most = Cursors.limit(limit);
        Where.Cursor after = Objects.requireNonNullElse(Cursors.read(cursor), Where.Cursor.start());
        Uni<Long> counted = "true".equals(count) ? store.count(where, COUNT_MOST + 1) : Uni.createFrom().item(-1L);
        return store.places(where, after, most + 1).chain(found -> Uni.combine().all().unis(store.ways(Pages.cut(found, most)), counted)
                .with((ways, places) -> page(found, ways, places, most)));
    }

    private static Pages.WherePage page(List<WhereStore.Occurrence> found, List<List<String>> ways, long count, int most) {
        List<Pages.PlaceView> items = new ArrayList<>();
        for (int i = 0; i < ways.size(); i++) {
            items.add(Pages.PlaceView.of(found.get(i), ways.get(i)));
        }
        return new Pages.WherePage(items, count < 0 ? null : Math.min(count, COUNT_MOST), count < 0 ? null : count > COUNT_MOST,
                Pages.next(found, most, one -> Cursors.write(one.cursor())));
    }

    /** Components, each once. */
    @GET
    @RequiresPermission(value = Permission.SUPPLY_READ, planeWide = true)
    @Operation(operationId = "findComponents", summary = "Components, each once whichever bills of materials have it, in pages",
            description = "Exactly one of purl, purl_prefix, name, licence and hash says what is looked for.")
    @APIResponse(responseCode = "400", description = "A parameter is wrong")
    public Uni<Pages.ComponentPage> find(@RestQuery @Nullable String purl, @RestQuery @Nullable String from, @RestQuery @Nullable String before,
            @RestQuery("purl_prefix") @Nullable String purlPrefix, @RestQuery @Nullable String name, @RestQuery @Nullable String licence,
            @RestQuery @Nullable String hash, @RestQuery @Nullable String limit, @RestQuery @Nullable String cursor) {
        Where where = wanted(purl, from, before, purlPrefix, name, licence, hash);
        int most = Cursors.limit(limit);
        return store.components(where, Cursors.read(cursor), most + 1)
                .map(found -> new Pages.ComponentPage(Pages.cut(found, most).stream().map(WhereStore.Found::component).toList(),
                        Pages.next(found, most, one -> Cursors.write(one.cursor()))));
    }

    private static Where wanted(@Nullable String purl, @Nullable String from, @Nullable String before, @Nullable String purlPrefix, @Nullable String name,
            @Nullable String licence, @Nullable String hash) {
        if (Stream.of(purl, purlPrefix, name, licence, hash).filter(Objects::nonNull).count() != 1) {
            throw SbomProblem.WRONG_PARAMETER.because("Exactly one of purl, purl_prefix, name, licence and hash must be given");
        }
        Stream.of(purl, from, before, purlPrefix, name, licence, hash).filter(Objects::nonNull).forEach(ComponentsResource::check);
        if (purl != null) {
            return packages(purl, from, before);
        }
        if (from != null || before != null) {
            throw SbomProblem.WRONG_PARAMETER.because("from and before go with purl");
        }
        if (purlPrefix != null) {
            return Where.purls(purlPrefix);
        }
        return name != null ? Where.names(name) : licence != null ? Where.licence(licence) : Where.hash(String.valueOf(hash).toLowerCase(Locale.ROOT));
    }

    private static Where packages(String text, @Nullable String from, @Nullable String before) {
        Purl purl;
        try {
            purl = Purl.of(text);
        } catch (IllegalArgumentException e) {
            throw SbomProblem.WRONG_PURL.because("purl is no package URL: " + e.getMessage());
        }
        String version = purl.version();
        if (version != null) {
            if (from != null || before != null) {
                throw SbomProblem.WRONG_PARAMETER.because("from and before go with a package URL without a version");
            }
            return Where.version(purl.coordinate(), purl.type(), version);
        }
        return Where.versions(purl.coordinate(), purl.type(), from, before);
    }

    private static void check(String given) {
        if (given.isBlank() || given.length() > 2_000 || given.indexOf('\0') >= 0) {
            throw SbomProblem.WRONG_PARAMETER.because("A parameter has 1 to 2,000 characters, and no U+0000");
        }
    }
}
