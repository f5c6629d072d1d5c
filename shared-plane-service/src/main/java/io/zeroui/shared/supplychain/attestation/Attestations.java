package io.zeroui.shared.supplychain.attestation;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.attestation.AttestationRefused;
import io.zeroui.contracts.attestation.verify.Attestation;
import io.zeroui.contracts.attestation.verify.AttestationVerifier;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.runtime.problems.ProblemException;
import io.zeroui.shared.journal.Area;
import io.zeroui.shared.journal.Draft;
import io.zeroui.shared.journal.Journal;
import io.zeroui.shared.journal.ObjectStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The attestations: takes them in, judges them under the trust root that counts, and says what is known of them. */
@ApplicationScoped
public class Attestations {

    private static final int AT_ONCE_MOST = 50;

    private final Journal journal;
    private final ObjectStore objects;
    private final AttestationStore store;
    private final TrustRoots trust;
    private final ObjectMapper json;

    Attestations(Journal journal, ObjectStore objects, AttestationStore store, TrustRoots trust, ObjectMapper json) {
        this.journal = journal;
        this.objects = objects;
        this.store = store;
        this.trust = trust;
        this.json = json;
    }

    /**
     * What became of a document.
     *
     * @param isNew whether it was not there before
     */
    record Added(AttestationView attestation, boolean isNew) {
    }

    /** Takes a document in, verified or not; the same document is taken once. A problem when it cannot be read. */
    Uni<Added> add(byte[] document, String by) {
        return TrustRoots.onWorker(() -> AttestationFacts.of(read(document)))
                .chain(facts -> trust.current().chain(root -> TrustRoots.onWorker(() -> verify(root, document))
                        .chain(result -> add(document, facts, root.version(), result, by))));
    }

    private Uni<Added> add(byte[] document, ObjectNode facts, long trustVersion, ObjectNode result, String by) {
        String id = Hash.of(document).hex();
        ObjectNode detail = json.createObjectNode().put("id", id).put("size", document.length).put("trust_version", trustVersion);
        detail.set("facts", facts);
        detail.set("result", result);
        return objects.store(Area.SUPPLY_CHAIN, document)
                .chain(stored -> journal.write(Area.SUPPLY_CHAIN, by, () -> store.find(id).map(known -> {
                    if (known.isPresent()) {
                        throw new AlreadyThere();
                    }
                    return new Draft(AttestationProjectionStore.ADDED, detail);
                })))
                .replaceWith(true)
                .onFailure(AlreadyThere.class).recoverWithItem(false)
                .chain(isNew -> get(id).map(view -> new Added(view, isNew)));
    }

    /** One attestation; a problem when it is not there. */
    Uni<AttestationView> get(String id) {
        return store.find(id).map(found -> found
                .orElseThrow(() -> new ProblemException(ErrorCode.RESOURCE_NOT_FOUND, "There is no such attestation")));
    }

    /** The document, byte for byte. */
    Uni<byte[]> document(String id) {
        return get(id).chain(view -> objects.read(Area.SUPPLY_CHAIN, Hash.parse(id)));
    }

    /** Attestations, newest first. */
    Uni<Page<AttestationView>> list(AttestationQuery query) {
        return store.list(query).map(found -> Page.of(found, query.limit(), AttestationView::number));
    }

    /** All verifications of an attestation, newest first. */
    Uni<Page<ResultView>> results(String id, @Nullable String cursor, int limit) {
        int most = AttestationQuery.limit(limit);
        long before = AttestationQuery.before(cursor);
        return get(id).chain(view -> store.results(id, before, most)).map(found -> Page.of(found, most, ResultView::number));
    }

    /** Verifies an attestation again, under the trust root that counts now. */
    Uni<AttestationView> verify(String id, String by) {
        return get(id).chain(view -> trust.current()).chain(root -> verify(List.of(id), root, by)).chain(done -> get(id));
    }

    /** Says that a subject of an attestation is something that is known here. */
    Uni<AttestationView> link(String id, LinkWish.Link link, String by) {
        ObjectNode detail = json.createObjectNode().put("id", id);
        detail.putArray("links").addObject().put("kind", link.kind()).put("target", link.target()).put("digest", link.digest());
        return get(id)
                .chain(view -> journal.write(Area.SUPPLY_CHAIN, by, () -> store.isAbout(id, link.digest()).map(about -> {
                    if (!about) {
                        throw new ProblemException(ErrorCode.VALIDATION_ERROR, "The attestation has no subject with this digest");
                    }
                    return new Draft(AttestationProjectionStore.LINKED, detail);
                })))
                .chain(act -> get(id));
    }

    /** Verifies again what was last verified under an older trust root, some in an act, until nothing is left. */
    Uni<Void> verifyStale(String by) {
        return trust.current()
                .chain(root -> store.stale(root.version(), AT_ONCE_MOST)
                        .chain(ids -> ids.isEmpty() ? Uni.createFrom().item(0) : verify(ids, root, by).replaceWith(ids.size())))
                .repeat().until(done -> done < AT_ONCE_MOST)
                .collect().last()
                .replaceWithVoid();
    }

    private Uni<Void> verify(List<String> ids, TrustRoots.Trust root, String by) {
        ObjectNode detail = json.createObjectNode().put("trust_version", root.version());
        ArrayNode results = detail.putArray("results");
        return Multi.createFrom().iterable(ids)
                .onItem().transformToUniAndConcatenate(id -> objects.read(Area.SUPPLY_CHAIN, Hash.parse(id))
                        .chain(document -> TrustRoots.onWorker(() -> verify(root, document)))
                        .onFailure(RuntimeException.class).recoverWithItem(Attestations::unreadable)
                        .invoke(result -> results.addObject().put("id", id).set("result", result)))
                .collect().last()
                .chain(last -> journal.write(Area.SUPPLY_CHAIN, by,
                        () -> Uni.createFrom().item(new Draft(AttestationProjectionStore.VERIFIED, detail))))
                .replaceWithVoid();
    }

    private static ObjectNode verify(TrustRoots.Trust root, byte[] document) {
        Instant now = Clock.systemUTC().instant();
        return AttestationFacts.of(new AttestationVerifier(root.root()).verify(document, now));
    }

    /** The result where the document is gone or damaged: whatever was found before, nobody can see it any longer. */
    private static ObjectNode unreadable(Throwable failure) {
        ObjectNode result = JsonNodeFactory.instance.objectNode().put("verified", false);
        result.putArray("reasons").addObject().put("reason", "not_judged").put("detail", "the document is gone, damaged or cannot be judged");
        result.putArray("signers");
        return result;
    }

    private static Attestation read(byte[] document) {
        try {
            return Attestation.read(document);
        } catch (AttestationRefused e) {
            throw new ProblemException(ErrorCode.VALIDATION_ERROR, ErrorCode.VALIDATION_ERROR.status(),
                    "This is no attestation: " + e.finding().detail(), Map.of("reason", e.reason().key()));
        }
    }

    /** The document is there; nothing has to be written. */
    private static final class AlreadyThere extends RuntimeException {

        private static final long serialVersionUID = 1L;

        AlreadyThere() {
            super("the document is there", null, false, false);
        }
    }
}
