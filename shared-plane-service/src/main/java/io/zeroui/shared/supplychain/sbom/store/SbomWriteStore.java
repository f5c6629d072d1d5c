package io.zeroui.shared.supplychain.sbom.store;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import io.zeroui.runtime.tenancy.Statements;
import io.zeroui.shared.journal.Act;
import io.zeroui.shared.supplychain.sbom.model.Component;
import io.zeroui.shared.supplychain.sbom.model.Sbom;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Writes a bill of materials into the tables, in batches, within the journal's transaction. */
@ApplicationScoped
class SbomWriteStore {

    private static final int BATCH = 5_000;

    private static final String SBOM = """
            INSERT INTO app.sboms (sbom_id, digest, format, spec_version, serial, project, release, subject_name, subject_version, subject_purl,
                bytes, components, dependencies, findings, added_at, added_by)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
            """;

    private static final String KNOWN = "SELECT component_id FROM app.components WHERE component_id = ANY ($1)";

    private static final String COMPONENTS = """
            INSERT INTO app.components (component_id, coordinate, version_key, purl, purl_type, kind, group_name, name, name_key, version, supplier,
                licences, hashes)
            SELECT id, coordinate, version_key, purl, purl_type, kind, group_name, name, name_key, version, supplier,
                string_to_array(licences, E'\\x1f'), string_to_array(hashes, E'\\x1f')
              FROM UNNEST ($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[],
                   $11::text[], $12::text[], $13::text[])
                   AS new (id, coordinate, version_key, purl, purl_type, kind, group_name, name, name_key, version, supplier, licences, hashes)
            ON CONFLICT DO NOTHING
            """;

    private static final String LICENCES = """
            INSERT INTO app.component_licences (licence, component_id) SELECT * FROM UNNEST ($1::text[], $2::uuid[]) ON CONFLICT DO NOTHING
            """;

    private static final String HASHES = """
            INSERT INTO app.component_hashes (hash, component_id) SELECT * FROM UNNEST ($1::text[], $2::uuid[]) ON CONFLICT DO NOTHING
            """;

    private static final String PLACES = """
            INSERT INTO app.sbom_components (sbom_id, ordinal, component_id, ref, depth, via)
            SELECT $1, ordinal, component_id, ref, depth, via
              FROM UNNEST ($2::int4[], $3::uuid[], $4::text[], $5::int4[], $6::int4[]) AS new (ordinal, component_id, ref, depth, via)
            """;

    private static final String DEPENDENCIES = """
            INSERT INTO app.sbom_dependencies (sbom_id, child, parent) SELECT $1, * FROM UNNEST ($2::int4[], $3::int4[]) ON CONFLICT DO NOTHING
            """;

    /** Writes everything of a document whose act this is. */
    Uni<Void> write(Statements in, Act act, Sbom sbom) {
        List<UUID> ids = sbom.components().stream().map(ComponentRows::id).toList();
        TreeMap<UUID, Component> distinct = new TreeMap<>();
        for (int i = 0; i < ids.size(); i++) {
            distinct.putIfAbsent(ids.get(i), sbom.components().get(i));
        }
        return in.execute(SBOM, header(act, sbom))
                .chain(() -> components(in, distinct))
                .chain(() -> places(in, act.number(), sbom, ids))
                .chain(() -> batches(sbom.children().length, (from, to) -> in.execute(DEPENDENCIES, Tuple.of(act.number(),
                        array(from, to, i -> sbom.children()[i], new Integer[0]), array(from, to, i -> sbom.parents()[i], new Integer[0]))).replaceWithVoid()));
    }

    private static Tuple header(Act act, Sbom sbom) {
        Component root = sbom.roots().size() == 1 ? sbom.components().get(sbom.roots().get(0)) : null;
        String purl = root == null || root.purl() == null ? null : root.purl().toString();
        Tuple header = Tuple.tuple().addLong(act.number()).addString(act.detail().path("digest").asText()).addString(sbom.format().text())
                .addString(sbom.specVersion()).addString(sbom.serial()).addString(act.detail().path("project").asText())
                .addString(act.detail().path("release").asText()).addString(sbom.name()).addString(sbom.version()).addString(purl)
                .addLong(act.detail().path("bytes").asLong()).addInteger(sbom.components().size()).addInteger(sbom.children().length);
        header.addArrayOfString(sbom.findings().toArray(String[]::new));
        return header.addOffsetDateTime(act.at().atOffset(ZoneOffset.UTC)).addString(act.by());
    }

    private static Uni<Void> components(Statements in, TreeMap<UUID, Component> distinct) {
        return in.execute(KNOWN, Tuple.of(distinct.keySet().toArray(UUID[]::new))).chain(rows -> {
            Set<UUID> known = new HashSet<>();
            rows.forEach(row -> known.add(row.getUUID("component_id")));
            List<Map.Entry<UUID, Component>> fresh = distinct.entrySet().stream().filter(entry -> !known.contains(entry.getKey())).toList();
            return batches(fresh.size(), (from, to) -> fresh(in, fresh.subList(from, to)));
        });
    }

    private static Uni<Void> fresh(Statements in, List<Map.Entry<UUID, Component>> batch) {
        Tuple rows = Tuple.tuple().addValue(batch.stream().map(Map.Entry::getKey).toArray(UUID[]::new));
        List<Component> all = batch.stream().map(Map.Entry::getValue).toList();
        texts(rows, all, ComponentRows::coordinate);
        texts(rows, all, ComponentRows::versionKey);
        texts(rows, all, one -> one.purl() == null ? null : one.purl().toString());
        texts(rows, all, one -> one.purl() == null ? null : one.purl().type());
        texts(rows, all, Component::kind);
        texts(rows, all, Component::group);
        texts(rows, all, Component::name);
        texts(rows, all, one -> ComponentRows.nameKey(one.name()));
        texts(rows, all, Component::version);
        texts(rows, all, Component::supplier);
        texts(rows, all, one -> ComponentRows.joined(one.licences()));
        texts(rows, all, one -> ComponentRows.joined(one.hashes()));
        return in.execute(COMPONENTS, rows)
                .chain(() -> listed(in, LICENCES, batch, Component::licences))
                .chain(() -> listed(in, HASHES, batch, Component::hashes));
    }

    private static void texts(Tuple rows, List<Component> all, java.util.function.Function<Component, @Nullable String> column) {
        String[] values = new String[all.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = column.apply(all.get(i));
        }
        rows.addArrayOfString(values);
    }

    private static Uni<Void> listed(Statements in, String sql, List<Map.Entry<UUID, Component>> batch, java.util.function.Function<Component, List<String>> of) {
        List<String> texts = new ArrayList<>();
        List<UUID> ids = new ArrayList<>();
        for (Map.Entry<UUID, Component> entry : batch) {
            for (String text : of.apply(entry.getValue())) {
                texts.add(text);
                ids.add(entry.getKey());
            }
        }
        Integer[] order = IntStream.range(0, texts.size()).boxed().sorted((a, b) -> texts.get(a).compareTo(texts.get(b))).toArray(Integer[]::new);
        return batches(order.length, (from, to) -> in.execute(sql, Tuple.of(array(from, to, i -> texts.get(order[i]), new String[0]),
                array(from, to, i -> ids.get(order[i]), new UUID[0]))).replaceWithVoid());
    }

    private static Uni<Void> places(Statements in, long sbomId, Sbom sbom, List<UUID> ids) {
        Integer[][] ways = ComponentRows.ways(sbom);
        return batches(ids.size(), (from, to) -> in.execute(PLACES, Tuple.tuple().addLong(sbomId)
                .addValue(array(from, to, i -> i, new Integer[0]))
                .addValue(array(from, to, ids::get, new UUID[0]))
                .addValue(array(from, to, i -> sbom.components().get(i).ref(), new String[0]))
                .addValue(java.util.Arrays.copyOfRange(ways[0], from, to))
                .addValue(java.util.Arrays.copyOfRange(ways[1], from, to))).replaceWithVoid());
    }

    private static <T> T[] array(int from, int to, IntFunction<T> of, T[] type) {
        return IntStream.range(from, to).mapToObj(of).toList().toArray(type);
    }

    /** Does it for the rows from one to before another. */
    private interface Batch {
        Uni<Void> write(int from, int to);
    }

    private static Uni<Void> batches(int rows, Batch batch) {
        return Multi.createFrom().iterable(IntStream.iterate(0, from -> from < rows, from -> from + BATCH).boxed().toList())
                .onItem().transformToUniAndConcatenate(from -> batch.write(from, Math.min(rows, from + BATCH)))
                .collect().asList()
                .replaceWithVoid();
    }
}
