package io.zeroui.shared.supplychain.vex;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.shared.journal.Area;
import io.zeroui.shared.journal.Draft;
import io.zeroui.shared.journal.Journal;
import io.zeroui.shared.journal.ObjectStore;
import io.zeroui.shared.supplychain.sbom.model.Purl;
import io.zeroui.shared.supplychain.sbom.model.SbomProblem;
import io.zeroui.shared.supplychain.sbom.store.StoredSbom;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Takes statements on vulnerabilities in, and says what they mean for a bill of materials. Of one author's statements on one thing the newest counts. */
@ApplicationScoped
public class Vex {

    private static final int STATEMENTS_MOST = 10_000;
    private static final int COORDINATE_BYTES_MOST = 1_200;

    private static final Comparator<StoredStatement> NEWEST = Comparator.comparing(StoredStatement::statedAt).thenComparing(StoredStatement::vexId)
            .thenComparing(StoredStatement::ordinal);

    private static final List<String> STATUSES = List.of("affected", "under_investigation", "not_affected", "fixed");

    private static final Comparator<Affected> ORDER = Comparator.comparing((Affected one) -> STATUSES.indexOf(one.statement().status()))
            .thenComparing(one -> one.statement().vulnerability()).thenComparing(one -> one.component().toString()).thenComparing(one -> one.statement().author());

    private final VexStore store;
    private final Journal journal;
    private final ObjectStore objects;

    Vex(VexStore store, Journal journal, ObjectStore objects) {
        this.store = store;
        this.journal = journal;
        this.objects = objects;
    }

    /**
     * A document that was taken in.
     *
     * @param document what it came to
     * @param isNew false where it was there before
     */
    public record Added(StoredVex document, boolean isNew) {
    }

    /**
     * What an author says of a component.
     *
     * @param component id of the component
     * @param name its name
     * @param version its version
     * @param purl its package URL
     * @param statement what is said
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Affected(UUID component, String name, @Nullable String version, @Nullable String purl, StoredStatement statement) {
    }

    /**
     * What is said of a document's components.
     *
     * @param items by status, affected ones first, then by vulnerability
     * @param complete whether this is all
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Findings(List<Affected> items, boolean complete) {
    }

    /** That it is there already; not an error. */
    private static final class AlreadyThere extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient StoredVex document;

        private AlreadyThere(StoredVex document) {
            super(null, null, false, false);
            this.document = document;
        }
    }

    /** What stays the same from version to version of what a statement is about. */
    static String coordinate(String about) {
        String coordinate = about.startsWith("pkg:") ? Purl.of(about).coordinate() : "id:" + about;
        byte[] bytes = coordinate.getBytes(StandardCharsets.UTF_8);
        return bytes.length <= COORDINATE_BYTES_MOST ? coordinate : "id:sha256:" + Hash.of(bytes).hex();
    }

    /** Takes a document in. */
    public Uni<Added> add(byte[] bytes, String by) {
        Hash digest = Hash.of(bytes);
        return store.find(digest).chain(there -> there.isPresent() ? Uni.createFrom().item(new Added(there.get(), false)) : fresh(bytes, digest, by));
    }

    private Uni<Added> fresh(byte[] bytes, Hash digest, String by) {
        return Uni.createFrom().item(() -> VexReader.read(bytes)).runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .chain(document -> objects.store(Area.SBOM, bytes))
                .chain(kept -> journal.write(Area.SBOM, by, () -> store.find(digest).map(there -> {
                    if (there.isPresent()) {
                        throw new AlreadyThere(there.get());
                    }
                    return new Draft(VexStore.ADDED, JsonNodeFactory.instance.objectNode().put("digest", digest.hex()).put("bytes", kept.size()));
                })))
                .chain(act -> get(digest)).map(document -> new Added(document, true))
                .onFailure(AlreadyThere.class).recoverWithItem(failure -> new Added(((AlreadyThere) failure).document, false));
    }

    /** One that is there; fails with 404 where there is none. */
    public Uni<StoredVex> get(Hash digest) {
        return store.find(digest).map(found -> found.orElseThrow(() -> SbomProblem.NOT_FOUND.because("There is no document " + digest.hex())));
    }

    /** What is said of a document's components; only of one status where it is given. */
    public Uni<Findings> findings(StoredSbom sbom, @Nullable String status) {
        return store.onSbom(sbom.id(), STATEMENTS_MOST + 1).chain(statements -> statements.isEmpty()
                ? Uni.createFrom().item(new Findings(List.of(), true))
                : store.components(sbom.id(), statements.stream().map(StoredStatement::coordinate).distinct().toList())
                        .map(components -> findings(statements, components, sbom, status)));
    }

    private static Findings findings(List<StoredStatement> statements, List<VexStore.Own> components, StoredSbom sbom, @Nullable String status) {
        Map<String, List<VexStore.Own>> byCoordinate = new HashMap<>();
        components.forEach(row -> byCoordinate.computeIfAbsent(row.coordinate(), coordinate -> new ArrayList<>()).add(row));
        Map<List<String>, Affected> newest = new HashMap<>();
        for (StoredStatement one : statements) {
            if (isAbout(one, sbom)) {
                for (VexStore.Own row : byCoordinate.getOrDefault(one.coordinate(), List.of())) {
                    affected(one, row).ifPresent(found -> newest.merge(List.of(one.author(), one.vulnerability(), found.component().toString()), found,
                            (a, b) -> NEWEST.compare(a.statement(), b.statement()) >= 0 ? a : b));
                }
            }
        }
        List<Affected> items = newest.values().stream().filter(one -> status == null || one.statement().status().equals(status)).sorted(ORDER).toList();
        return new Findings(items.size() > STATEMENTS_MOST ? items.subList(0, STATEMENTS_MOST) : items,
                statements.size() <= STATEMENTS_MOST && items.size() <= STATEMENTS_MOST);
    }

    /** A statement on a component of a product is about a document of that product only. */
    private static boolean isAbout(StoredStatement one, StoredSbom sbom) {
        if (one.subcomponent().isEmpty() || one.product().equals(sbom.serial()) || one.product().endsWith(sbom.digest())) {
            return true;
        }
        String subject = sbom.subjectPurl();
        return subject != null && one.product().startsWith("pkg:") ? Purl.of(one.product()).covers(Purl.of(subject))
                : one.product().equals(sbom.subjectName()) || one.product().equals(sbom.project());
    }

    private static Optional<Affected> affected(StoredStatement one, VexStore.Own own) {
        String purl = own.purl();
        boolean covers = purl != null && one.about().startsWith("pkg:") ? Purl.of(one.about()).covers(Purl.of(purl)) : purl == null;
        return covers ? Optional.of(new Affected(own.id(), own.name(), own.version(), purl, one)) : Optional.empty();
    }
}
