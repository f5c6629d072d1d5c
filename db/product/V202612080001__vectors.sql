-- Collections of vectors. Points of all small collections share the partition 0 and are compared wholly; a large collection has a
-- partition of its own with an index of its own. Rows point at collections by a number that is never given again.

CREATE TABLE app.vector_collections (
    tenant_id       text        NOT NULL CHECK (tenant_id ~ '^[a-z0-9]([a-z0-9-]{0,98}[a-z0-9])?$'),
    collection_id   bigint      NOT NULL GENERATED ALWAYS AS IDENTITY,
    name            text        NOT NULL COLLATE "C" CHECK (name ~ '^[A-Za-z0-9][A-Za-z0-9_.-]{0,127}$'),
    dimension       integer     NOT NULL CHECK (dimension BETWEEN 1 AND 16000),
    metric          text        NOT NULL CHECK (metric IN ('cosine', 'l2', 'inner_product', 'l1')),
    index_kind      text        NOT NULL CHECK (index_kind IN ('hnsw', 'ivfflat', 'none')),
    m               integer     NOT NULL CHECK (m BETWEEN 2 AND 100),
    ef_construction integer     NOT NULL CHECK (ef_construction BETWEEN 4 AND 1000 AND ef_construction >= 2 * m),
    lists           integer     NOT NULL CHECK (lists BETWEEN 1 AND 32768),
    payload_schema  jsonb       NOT NULL DEFAULT '{}',
    revision        bigint      NOT NULL DEFAULT 1 CHECK (revision > 0),
    placement       integer     NOT NULL DEFAULT 0 CHECK (placement >= 0),
    source          integer     NOT NULL DEFAULT 0 CHECK (source >= 0),
    is_indexed      boolean     NOT NULL DEFAULT false,
    created_at      timestamptz NOT NULL DEFAULT now(),
    updated_at      timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, collection_id),
    UNIQUE (tenant_id, name),
    CHECK (NOT (metric = 'l1' AND index_kind = 'ivfflat'))
);

COMMENT ON TABLE app.vector_collections IS 'Collections of points, by tenant';
COMMENT ON COLUMN app.vector_collections.tenant_id IS 'Whose collection';
COMMENT ON COLUMN app.vector_collections.collection_id IS 'Its number, unique over all tenants';
COMMENT ON COLUMN app.vector_collections.name IS 'Its name, unique within the tenant, also among aliases';
COMMENT ON COLUMN app.vector_collections.dimension IS 'Components of each vector';
COMMENT ON COLUMN app.vector_collections.metric IS 'What nearness is';
COMMENT ON COLUMN app.vector_collections.index_kind IS 'Which index it has once it is large';
COMMENT ON COLUMN app.vector_collections.m IS 'hnsw: neighbours of a point';
COMMENT ON COLUMN app.vector_collections.ef_construction IS 'hnsw: candidates while it is built';
COMMENT ON COLUMN app.vector_collections.lists IS 'ivfflat: how many lists';
COMMENT ON COLUMN app.vector_collections.payload_schema IS 'JSON schema of the payloads, for readers; not enforced';
COMMENT ON COLUMN app.vector_collections.revision IS 'Grows with every change of this row and of the payload indexes: what a process knows may be old';
COMMENT ON COLUMN app.vector_collections.placement IS 'Partition into which points are written';
COMMENT ON COLUMN app.vector_collections.source IS 'Partition out of which points are being moved; placement where none are';
COMMENT ON COLUMN app.vector_collections.is_indexed IS 'Whether the partition has its index';
COMMENT ON COLUMN app.vector_collections.created_at IS 'When it was made';
COMMENT ON COLUMN app.vector_collections.updated_at IS 'When its row changed last';

CREATE TABLE app.vector_aliases (
    tenant_id     text        NOT NULL,
    alias         text        NOT NULL COLLATE "C" CHECK (alias ~ '^[A-Za-z0-9][A-Za-z0-9_.-]{0,127}$'),
    collection_id bigint      NOT NULL,
    created_at    timestamptz NOT NULL DEFAULT now(),
    updated_at    timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, alias)
);

CREATE INDEX vector_aliases_collection ON app.vector_aliases (tenant_id, collection_id);

COMMENT ON TABLE app.vector_aliases IS 'Further names of collections, which can be moved from one to another in a moment';
COMMENT ON COLUMN app.vector_aliases.tenant_id IS 'Whose alias';
COMMENT ON COLUMN app.vector_aliases.alias IS 'The name';
COMMENT ON COLUMN app.vector_aliases.collection_id IS 'What it means';
COMMENT ON COLUMN app.vector_aliases.created_at IS 'When it was made';
COMMENT ON COLUMN app.vector_aliases.updated_at IS 'When its meaning changed last';

CREATE TABLE app.vector_payload_indexes (
    tenant_id     text        NOT NULL,
    index_id      bigint      NOT NULL GENERATED ALWAYS AS IDENTITY,
    collection_id bigint      NOT NULL,
    path          text        NOT NULL COLLATE "C" CHECK (length(path) BETWEEN 1 AND 600),
    type          text        NOT NULL CHECK (type IN ('keyword', 'integer', 'float', 'bool', 'datetime', 'uuid', 'text')),
    is_ready      boolean     NOT NULL DEFAULT false,
    created_at    timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, index_id),
    UNIQUE (tenant_id, collection_id, path)
);

COMMENT ON TABLE app.vector_payload_indexes IS 'Fields of payloads that are indexed in vector_payload_values';
COMMENT ON COLUMN app.vector_payload_indexes.tenant_id IS 'Whose collection';
COMMENT ON COLUMN app.vector_payload_indexes.index_id IS 'Its number, unique over all tenants';
COMMENT ON COLUMN app.vector_payload_indexes.collection_id IS 'Of which collection';
COMMENT ON COLUMN app.vector_payload_indexes.path IS 'Where in the payload';
COMMENT ON COLUMN app.vector_payload_indexes.type IS 'Which values are indexed';
COMMENT ON COLUMN app.vector_payload_indexes.is_ready IS 'Whether every point that was there before it is in it';
COMMENT ON COLUMN app.vector_payload_indexes.created_at IS 'When it was made';

CREATE TABLE app.vector_payload_values (
    tenant_id     text   NOT NULL,
    collection_id bigint NOT NULL,
    index_id      bigint NOT NULL,
    word          text   COLLATE "C" CHECK (length(word) <= 200),
    number        float8,
    point_id      text   NOT NULL COLLATE "C",
    CHECK ((word IS NULL) <> (number IS NULL))
);

CREATE INDEX vector_payload_values_word ON app.vector_payload_values (index_id, word, point_id) WHERE word IS NOT NULL;
CREATE INDEX vector_payload_values_number ON app.vector_payload_values (index_id, number, point_id) WHERE number IS NOT NULL;
CREATE INDEX vector_payload_values_point ON app.vector_payload_values (collection_id, point_id);

COMMENT ON TABLE app.vector_payload_values IS
    'An inverted table: which points have a value. Equality and order of its columns are leakproof, so its indexes stay in use under row-level security. Points that it names are compared with the filter again: it may name too many, never too few';
COMMENT ON COLUMN app.vector_payload_values.tenant_id IS 'Whose point';
COMMENT ON COLUMN app.vector_payload_values.collection_id IS 'Of which collection';
COMMENT ON COLUMN app.vector_payload_values.index_id IS 'Of which payload index';
COMMENT ON COLUMN app.vector_payload_values.word IS 'keyword, uuid, bool: the value, cut to 200 characters; text: a word of it';
COMMENT ON COLUMN app.vector_payload_values.number IS 'integer, float: the value; datetime: microseconds since 1970; both as near as a float8 is';
COMMENT ON COLUMN app.vector_payload_values.point_id IS 'The point';

CREATE TABLE app.vector_remains (
    tenant_id     text        NOT NULL,
    collection_id bigint      NOT NULL,
    placement     integer     NOT NULL CHECK (placement >= 0),
    is_deleted    boolean     NOT NULL,
    created_at    timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, collection_id, placement)
);

COMMENT ON TABLE app.vector_remains IS 'What is left to remove: rows of deleted collections, and partitions that collections have moved out of';
COMMENT ON COLUMN app.vector_remains.tenant_id IS 'Whose';
COMMENT ON COLUMN app.vector_remains.collection_id IS 'Of which collection';
COMMENT ON COLUMN app.vector_remains.placement IS 'In which partition';
COMMENT ON COLUMN app.vector_remains.is_deleted IS 'Whether the collection is gone, and its payload values go too';
COMMENT ON COLUMN app.vector_remains.created_at IS 'Since when';

CREATE TABLE app.vector_points (
    tenant_id     text    NOT NULL,
    collection_id bigint  NOT NULL,
    placement     integer NOT NULL,
    point_id      text    NOT NULL COLLATE "C" CHECK (point_id ~ '^(n[0-9]{20}|u[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$'),
    embedding     vector  NOT NULL,
    payload       jsonb   NOT NULL DEFAULT '{}',
    PRIMARY KEY (collection_id, point_id, placement)
) PARTITION BY LIST (placement);

-- Rows stay in their page up to the size of one: comparing all vectors would fetch each from elsewhere.
CREATE TABLE app.vector_points_0 PARTITION OF app.vector_points FOR VALUES IN (0) WITH (toast_tuple_target = 8160);

COMMENT ON TABLE app.vector_points IS 'Points: vectors with what is known of them';
COMMENT ON TABLE app.vector_points_0 IS 'Points of small collections, without an index on vectors';
COMMENT ON COLUMN app.vector_points.tenant_id IS 'Whose point';
COMMENT ON COLUMN app.vector_points.collection_id IS 'Of which collection';
COMMENT ON COLUMN app.vector_points.placement IS 'In which partition; a point is in one only, also while its collection moves';
COMMENT ON COLUMN app.vector_points.point_id IS 'Its id within the collection: n and twenty digits, or u and a UUID';
COMMENT ON COLUMN app.vector_points.embedding IS 'As many float4 as the collection''s dimension; scores are computed from it';
COMMENT ON COLUMN app.vector_points.payload IS 'What is known of it';

DO $$
DECLARE
    tbl text;
BEGIN
    FOREACH tbl IN ARRAY ARRAY['vector_collections', 'vector_aliases', 'vector_payload_indexes', 'vector_payload_values', 'vector_remains',
                               'vector_points', 'vector_points_0'] LOOP
        EXECUTE format('ALTER TABLE app.%I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', tbl);
        EXECUTE format('CREATE POLICY tenant_rows ON app.%I'
            ' USING (tenant_id = NULLIF(current_setting(''app.current_tenant_id'', true), ''''))'
            ' WITH CHECK (tenant_id = NULLIF(current_setting(''app.current_tenant_id'', true), ''''))', tbl);
    END LOOP;
    FOREACH tbl IN ARRAY ARRAY['vector_collections', 'vector_remains'] LOOP
        EXECUTE format('CREATE POLICY plane_select ON app.%I FOR SELECT TO zeroui_product_user'
            ' USING (COALESCE(current_setting(''app.plane_scope'', true) = ''plane'', false))', tbl);
    END LOOP;
END
$$;

GRANT SELECT, INSERT, UPDATE (index_kind, m, ef_construction, lists, revision, placement, source, is_indexed, updated_at), DELETE
    ON app.vector_collections TO zeroui_product_user;
GRANT SELECT, INSERT, UPDATE (collection_id, updated_at), DELETE ON app.vector_aliases TO zeroui_product_user;
GRANT SELECT, INSERT, UPDATE (is_ready), DELETE ON app.vector_payload_indexes TO zeroui_product_user;
GRANT SELECT, INSERT, DELETE ON app.vector_payload_values, app.vector_remains TO zeroui_product_user;
GRANT SELECT, INSERT, UPDATE (embedding, payload), DELETE ON app.vector_points, app.vector_points_0 TO zeroui_product_user;

-- What filters read out of payloads; PayloadValues says the same in Java.
CREATE FUNCTION app.vector_time(value jsonb) RETURNS bigint
    LANGUAGE sql STABLE PARALLEL SAFE
AS
$$
    SELECT CASE WHEN said.fits AND pg_input_is_valid(said.text, 'timestamptz')
                THEN (EXTRACT(epoch FROM said.text::timestamptz) * 1000000)::bigint END
      FROM (SELECT regexp_replace(value #>> '{}', '(\.\d{6})\d+', '\1')
                       || CASE WHEN value #>> '{}' ~ '([Zz]|[+-]\d\d:?\d\d)$' AND length(value #>> '{}') > 10 THEN '' ELSE ' +00' END AS text,
                   jsonb_typeof(value) = 'string'
                       AND value #>> '{}' ~ '^(?!0000)\d{4}-\d\d-\d\d([Tt ]([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?([Zz]|[+-](0\d|1[0-5]):?[0-5]\d)?)?$'
                       AS fits OFFSET 0) AS said
$$;

COMMENT ON FUNCTION app.vector_time(jsonb) IS
    'Microseconds since 1970 of a text that says a time as RFC 3339 does; null for everything else';

CREATE FUNCTION app.vector_words(value jsonb) RETURNS text[]
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS
$$
    SELECT CASE WHEN jsonb_typeof(value) = 'string'
                THEN regexp_split_to_array(lower(value #>> '{}'), '[^a-z0-9\u00c0-\u1fff\u2070-\u2fff\u3040-\U0010ffff]+') END
$$;

COMMENT ON FUNCTION app.vector_words(jsonb) IS 'The words of a text in lower case; null for everything else';
