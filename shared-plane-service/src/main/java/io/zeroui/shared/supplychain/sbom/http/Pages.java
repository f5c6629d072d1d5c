package io.zeroui.shared.supplychain.sbom.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.zeroui.shared.supplychain.sbom.SbomJobs;
import io.zeroui.shared.supplychain.sbom.store.DiffStore;
import io.zeroui.shared.supplychain.sbom.store.SbomStore;
import io.zeroui.shared.supplychain.sbom.store.StoredComponent;
import io.zeroui.shared.supplychain.sbom.store.StoredSbom;
import io.zeroui.shared.supplychain.sbom.store.WhereStore;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The forms of answers. */
public final class Pages {

    private Pages() {
    }

    /**
     * A page of bills of materials.
     *
     * @param items the newest first
     * @param nextCursor for the parameter {@code cursor} of the next page; absent on the last one
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record SbomPage(List<StoredSbom> items, @Nullable String nextCursor) {
    }

    /**
     * A page of a document's components.
     *
     * @param items in the document's order
     * @param nextCursor for the next page; absent on the last one
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record PlacePage(List<SbomStore.Place> items, @Nullable String nextCursor) {
    }

    /**
     * A page of components.
     *
     * @param items each once, whichever documents have it
     * @param nextCursor for the next page; absent on the last one
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ComponentPage(List<StoredComponent> items, @Nullable String nextCursor) {
    }

    /**
     * A place where a component is.
     *
     * @param component itself
     * @param sbom the document
     * @param ref its reference there
     * @param depth length of a shortest way from the root; absent where there is none
     * @param path such a way, from the root to the component
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record PlaceView(StoredComponent component, StoredSbom sbom, String ref, @Nullable Integer depth, List<String> path) {

        static PlaceView of(WhereStore.Occurrence place, List<String> path) {
            return new PlaceView(place.component(), place.sbom(), place.ref(), place.depth(), path);
        }
    }

    /**
     * A page of places.
     *
     * @param items the places
     * @param count how many there are, up to 1,000; absent where it was not asked for
     * @param countIsLowerBound whether there are more than that
     * @param nextCursor for the next page; absent on the last one
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record WherePage(List<PlaceView> items, @Nullable Long count, @Nullable Boolean countIsLowerBound, @Nullable String nextCursor) {
    }

    /**
     * A page of differences.
     *
     * @param before the older document
     * @param after the newer one
     * @param counts how many there are of each kind; on the first page only
     * @param items by coordinate
     * @param nextCursor for the next page; absent on the last one
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record DiffPage(StoredSbom before, StoredSbom after, Map<String, Long> counts, List<DiffStore.Change> items, @Nullable String nextCursor) {
    }

    /**
     * A job that takes a document in.
     *
     * @param jobId its id
     * @param state {@code waiting}, {@code reading}, {@code keeping}, {@code indexing}, {@code done} or {@code failed}
     * @param bytes length of the document
     * @param begunAt when it began
     * @param endedAt when it ended
     * @param sbom what it came to
     * @param isNew false where the document was there before
     * @param reason why it failed, for programs
     * @param detail why it failed, for people
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record JobView(String jobId, String state, long bytes, Instant begunAt, @Nullable Instant endedAt, @Nullable StoredSbom sbom, @Nullable Boolean isNew,
            @Nullable String reason, @Nullable String detail) {

        /** The view of a job. */
        static JobView of(SbomJobs.Job job) {
            var added = job.added();
            var problem = job.problem();
            return new JobView(job.id().toString(), job.state(), job.bytes(), job.begunAt(), job.endedAt(), added == null ? null : added.sbom(),
                    added == null ? null : added.isNew(), problem == null ? null : String.valueOf(problem.details().getOrDefault("reason", problem.code().name())),
                    problem == null ? null : problem.getMessage());
        }
    }

    /** The cursor behind a page, of which one item more than its limit was asked for; null where there are no more. */
    static <T> @Nullable String next(List<T> found, int limit, Function<T, String> cursor) {
        return found.size() > limit ? cursor.apply(found.get(limit - 1)) : null;
    }

    /** At most so many of the items. */
    static <T> List<T> cut(List<T> found, int limit) {
        return found.size() > limit ? found.subList(0, limit) : found;
    }
}
