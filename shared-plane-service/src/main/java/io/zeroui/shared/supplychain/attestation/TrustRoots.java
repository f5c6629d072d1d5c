package io.zeroui.shared.supplychain.attestation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.zeroui.contracts.attestation.AttestationRefused;
import io.zeroui.contracts.attestation.trust.TrustRoot;
import io.zeroui.contracts.attestation.trust.TrustRootReader;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.runtime.problems.ProblemException;
import io.zeroui.shared.journal.Area;
import io.zeroui.shared.journal.Draft;
import io.zeroui.shared.journal.Journal;
import io.zeroui.shared.journal.ObjectStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Whose attestations are believed. Each trust root is a version, set by somebody for a reason; none is ever changed. */
@ApplicationScoped
public class TrustRoots {

    /** The version of the trust root that nobody has set: nobody is believed. */
    public static final long NOBODY = 0;

    private static final int NOTE_MOST = 500;

    private final Journal journal;
    private final ObjectStore objects;
    private final AttestationStore store;
    private final ObjectMapper json;
    private volatile Trust newest = new Trust(NOBODY, TrustRoot.NOBODY);

    TrustRoots(Journal journal, ObjectStore objects, AttestationStore store, ObjectMapper json) {
        this.journal = journal;
        this.objects = objects;
        this.store = store;
        this.json = json;
    }

    /**
     * A trust root that was read.
     *
     * @param version which
     * @param root what it says
     */
    record Trust(long version, TrustRoot root) {
    }

    /** The trust root that counts. */
    Uni<Trust> current() {
        return store.trust(Long.MAX_VALUE, 1).chain(found -> {
            Trust known = newest;
            if (found.isEmpty()) {
                return Uni.createFrom().item(new Trust(NOBODY, TrustRoot.NOBODY));
            }
            TrustView view = found.get(0);
            return view.version() == known.version() ? Uni.createFrom().item(known)
                    : document(view).map(bytes -> new Trust(view.version(), read(bytes))).invoke(read -> newest = read);
        });
    }

    /** The trust root of a version, or the newest, with its document; a problem when there is none. */
    Uni<TrustView> get(@Nullable Long version) {
        return store.trust(version == null ? Long.MAX_VALUE : version + 1, 1)
                .map(found -> found.stream().filter(view -> version == null || view.version() == version).findFirst()
                        .orElseThrow(() -> new ProblemException(ErrorCode.RESOURCE_NOT_FOUND, "There is no such trust root")))
                .chain(view -> document(view).map(bytes -> view.with(tree(bytes))));
    }

    /** Trust roots, newest first. */
    Uni<Page<TrustView>> list(@Nullable String cursor, int limit) {
        int most = AttestationQuery.limit(limit);
        return store.trust(AttestationQuery.before(cursor), most + 1).map(found -> Page.of(found, most, TrustView::version));
    }

    /**
     * Sets a trust root, which counts from now on.
     *
     * @param expected the version that the caller has seen; absent when it does not matter
     */
    Uni<TrustView> set(byte[] document, String note, @Nullable Long expected, String by) {
        if (note.isBlank() || note.length() > NOTE_MOST || note.chars().anyMatch(Character::isISOControl)) {
            throw new ProblemException(ErrorCode.VALIDATION_ERROR, "note says why, in 1 to " + NOTE_MOST + " characters");
        }
        return onWorker(() -> read(document))
                .chain(root -> objects.store(Area.SUPPLY_CHAIN, document))
                .chain(stored -> journal.write(Area.SUPPLY_CHAIN, by, () -> next(stored.hash(), note, expected)))
                .chain(act -> get(act.detail().path("version").longValue()));
    }

    private Uni<Draft> next(Hash document, String note, @Nullable Long expected) {
        return store.trust(Long.MAX_VALUE, 1).map(found -> {
            long version = found.isEmpty() ? NOBODY : found.get(0).version();
            if (expected != null && expected != version) {
                throw new ProblemException(ErrorCode.VALIDATION_ERROR, 412, "The trust root is of version " + version + " by now", Map.of());
            }
            ObjectNode detail = json.createObjectNode().put("version", version + 1).put("document", document.hex()).put("note", note);
            return new Draft(AttestationProjectionStore.TRUST, detail);
        });
    }

    private Uni<byte[]> document(TrustView view) {
        return objects.read(Area.SUPPLY_CHAIN, Hash.parse(view.document()));
    }

    private JsonNode tree(byte[] bytes) {
        try {
            return json.readTree(new String(bytes, StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a trust root that was taken is no JSON", e);
        }
    }

    private static TrustRoot read(byte[] document) {
        try {
            return TrustRootReader.read(document);
        } catch (AttestationRefused e) {
            throw new ProblemException(ErrorCode.VALIDATION_ERROR, ErrorCode.VALIDATION_ERROR.status(),
                    "The trust root cannot be used: " + e.finding().detail(), Map.of("reason", e.reason().key()));
        }
    }

    static <T> Uni<T> onWorker(Supplier<T> work) {
        return Uni.createFrom().item(work).runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }
}
