package io.zeroui.shared.supplychain.attestation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import io.zeroui.runtime.tenancy.Statements;
import io.zeroui.shared.journal.Act;
import io.zeroui.shared.journal.Area;
import io.zeroui.shared.journal.Projection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the tables of attestations from the acts about them. */
@ApplicationScoped
class AttestationProjectionStore implements Projection {

    static final String ADDED = "attestation-added";
    static final String VERIFIED = "attestations-verified";
    static final String LINKED = "attestation-linked";
    static final String TRUST = "trust-set";

    private static final String INSERT_TRUST = """
            INSERT INTO app.attestation_trust (version, document, note, set_by, set_at) VALUES ($1, $2, $3, $4, $5)
            """;

    private static final String INSERT = """
            INSERT INTO app.attestations (id, number, changed, size, form, payload_type, predicate_type, builder, build_type, source,
                added_by, added_at, trust_version, verified, signer, result)
            VALUES ($1, $2, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15::text::jsonb)
            """;

    private static final String INSERT_SUBJECTS = """
            INSERT INTO app.attestation_subjects (attestation, digest, name, number)
            SELECT $1, s->>'digest', left(s->>'name', 300), $3 FROM jsonb_array_elements($2::text::jsonb) AS s
            ON CONFLICT DO NOTHING
            """;

    private static final String INSERT_LINKS = """
            INSERT INTO app.attestation_links (kind, target, attestation, digest, number, linked_by, linked_at)
            SELECT s->>'kind', s->>'target', a.id, s->>'digest', a.number, $3, $4
              FROM app.attestations AS a, jsonb_array_elements($2::text::jsonb) AS s
             WHERE a.id = $1
            ON CONFLICT DO NOTHING
            """;

    private static final String INSERT_RESULT = """
            INSERT INTO app.attestation_results (attestation, number, trust_version, verified, result, checked_by, checked_at)
            VALUES ($1, $2, $3, $4, $5::text::jsonb, $6, $7)
            """;

    private static final String UPDATE = """
            UPDATE app.attestations SET changed = $2, trust_version = $3, verified = $4, signer = $5, result = $6::text::jsonb WHERE id = $1
            """;

    private static final String TOUCH = "UPDATE app.attestations SET changed = $2 WHERE id = $1";

    @Override
    public Area area() {
        return Area.SUPPLY_CHAIN;
    }

    @Override
    public String name() {
        return "attestations";
    }

    @Override
    public List<String> tables() {
        return List.of("app.attestation_trust", "app.attestations", "app.attestation_subjects", "app.attestation_results",
                "app.attestation_links");
    }

    @Override
    public Uni<Void> apply(Statements in, List<Act> acts) {
        List<Uni<?>> statements = new ArrayList<>();
        for (Act act : acts) {
            ObjectNode detail = act.detail();
            switch (act.kind()) {
                case TRUST -> statements.add(in.execute(INSERT_TRUST,
                        Tuple.of(detail.path("version").longValue(), detail.path("document").textValue(), detail.path("note").textValue(), act.by(), at(act))));
                case ADDED -> added(in, act, statements);
                case VERIFIED -> detail.path("results").forEach(result -> verified(in, act, result, statements));
                case LINKED -> linked(in, act, statements);
                default -> {
                    // another projection's
                }
            }
        }
        return Multi.createFrom().iterable(statements)
                .onItem().transformToUniAndConcatenate(statement -> statement)
                .collect().last().replaceWithVoid();
    }

    private static void added(Statements in, Act act, List<Uni<?>> statements) {
        ObjectNode detail = act.detail();
        String id = detail.path("id").textValue();
        JsonNode facts = detail.path("facts");
        JsonNode result = detail.path("result");
        Tuple row = Tuple.tuple().addString(id).addLong(act.number()).addLong(detail.path("size").longValue());
        for (String name : List.of("form", "payload_type", "predicate_type", "builder", "build_type", "source")) {
            row.addString(facts.path(name).textValue());
        }
        row.addString(act.by()).addOffsetDateTime(at(act)).addLong(detail.path("trust_version").longValue())
                .addBoolean(result.path("verified").booleanValue()).addString(signer(result)).addString(result.toString());
        statements.add(in.execute(INSERT, row));
        statements.add(in.execute(INSERT_SUBJECTS, Tuple.of(id, facts.path("subjects").toString(), act.number())));
        statements.add(in.execute(INSERT_LINKS, Tuple.of(id, facts.path("links").toString(), act.by(), at(act))));
        statements.add(in.execute(INSERT_RESULT, result(act, id, result, detail.path("trust_version").longValue())));
    }

    private static void verified(Statements in, Act act, JsonNode one, List<Uni<?>> statements) {
        String id = one.path("id").textValue();
        JsonNode result = one.path("result");
        long trust = act.detail().path("trust_version").longValue();
        statements.add(in.execute(INSERT_RESULT, result(act, id, result, trust)));
        statements.add(in.execute(UPDATE, Tuple.tuple().addString(id).addLong(act.number()).addLong(trust)
                .addBoolean(result.path("verified").booleanValue()).addString(signer(result)).addString(result.toString())));
    }

    private static void linked(Statements in, Act act, List<Uni<?>> statements) {
        String id = act.detail().path("id").textValue();
        statements.add(in.execute(INSERT_LINKS, Tuple.of(id, act.detail().path("links").toString(), act.by(), at(act))));
        statements.add(in.execute(TOUCH, Tuple.of(id, act.number())));
    }

    private static Tuple result(Act act, String id, JsonNode result, long trust) {
        return Tuple.tuple().addString(id).addLong(act.number()).addLong(trust).addBoolean(result.path("verified").booleanValue())
                .addString(result.toString()).addString(act.by()).addOffsetDateTime(at(act));
    }

    /** The first who signed; of those with a certificate the identity. */
    private static @Nullable String signer(JsonNode result) {
        JsonNode first = result.path("signers").path(0);
        return first.has("identity") ? first.path("identity").textValue() : first.path("kid").textValue();
    }

    private static OffsetDateTime at(Act act) {
        return act.at().atOffset(ZoneOffset.UTC);
    }
}
