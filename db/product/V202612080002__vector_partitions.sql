-- Partitions of large collections. The serving login can make no table; it calls these, for the tenant that its transaction names. What they
-- make follows from the collection's row alone.

CREATE SEQUENCE app.vector_placements AS integer;

CREATE FUNCTION app.vector_expression(dimension integer, argument text) RETURNS text
    LANGUAGE sql IMMUTABLE AS
$$
    SELECT CASE WHEN dimension <= 4000 THEN format('((%s)::public.halfvec(%s))', argument, dimension)
                ELSE format('((public.binary_quantize(%s))::bit(%s))', argument, dimension) END
$$;

COMMENT ON FUNCTION app.vector_expression(integer, text) IS
    'What an index has of a vector: halves, and of more than 4,000 components the signs. The same text in index and query';

CREATE FUNCTION app.require_vector_tenant(for_tenant text) RETURNS void
    LANGUAGE plpgsql AS
$$
BEGIN
    IF for_tenant IS DISTINCT FROM NULLIF(current_setting('app.current_tenant_id', true), '') THEN
        RAISE EXCEPTION 'the transaction is not for the tenant %', for_tenant USING ERRCODE = 'insufficient_privilege';
    END IF;
END
$$;

COMMENT ON FUNCTION app.require_vector_tenant(text) IS 'Fails unless the transaction is for that tenant';

CREATE FUNCTION app.index_vectors(for_tenant text, of_collection bigint) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS
$$
DECLARE
    found app.vector_collections;
    class text;
BEGIN
    PERFORM app.require_vector_tenant(for_tenant);
    SELECT * INTO STRICT found FROM app.vector_collections AS c WHERE c.tenant_id = for_tenant AND c.collection_id = of_collection;
    IF found.placement = 0 OR found.index_kind = 'none' THEN
        RAISE EXCEPTION 'the collection has no partition, or wants no index' USING ERRCODE = 'object_not_in_prerequisite_state';
    END IF;
    class := CASE WHEN found.dimension > 4000 THEN 'bit_hamming_ops'
                  ELSE 'halfvec_' || CASE found.metric WHEN 'inner_product' THEN 'ip' ELSE found.metric END || '_ops' END;
    EXECUTE format('CREATE INDEX IF NOT EXISTS %I ON app.%I USING %s (%s public.%I) WITH (%s)',
                   'vector_points_' || found.placement || '_nearest', 'vector_points_' || found.placement, found.index_kind,
                   app.vector_expression(found.dimension, 'embedding'), class,
                   CASE found.index_kind WHEN 'hnsw' THEN format('m = %s, ef_construction = %s', found.m, found.ef_construction)
                                         ELSE format('lists = %s', found.lists) END);
    UPDATE app.vector_collections AS c SET is_indexed = true, revision = c.revision + 1, updated_at = now()
     WHERE c.tenant_id = for_tenant AND c.collection_id = of_collection AND NOT c.is_indexed;
END
$$;

COMMENT ON FUNCTION app.index_vectors(text, bigint) IS
    'Makes the index on vectors that a collection with a partition of its own wants; writers wait as long as it takes';

CREATE FUNCTION app.place_vectors(for_tenant text, of_collection bigint) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS
$$
DECLARE
    found app.vector_collections;
    number integer;
    name text;
BEGIN
    PERFORM app.require_vector_tenant(for_tenant);
    SELECT * INTO STRICT found FROM app.vector_collections AS c
     WHERE c.tenant_id = for_tenant AND c.collection_id = of_collection FOR UPDATE;
    IF found.placement <> found.source THEN
        RAISE EXCEPTION 'the collection is being moved' USING ERRCODE = 'object_not_in_prerequisite_state';
    END IF;
    number := nextval('app.vector_placements');
    name := 'vector_points_' || number;
    EXECUTE format('CREATE TABLE app.%I (LIKE app.vector_points INCLUDING ALL) WITH (toast_tuple_target = 8160)', name);
    EXECUTE format('COMMENT ON TABLE app.%I IS %L', name, 'Points of one collection');
    EXECUTE format('ALTER TABLE app.%I ADD CONSTRAINT one_collection CHECK (tenant_id = %L AND collection_id = %s), '
                   'ADD CONSTRAINT one_placement CHECK (placement = %s)', name, for_tenant, of_collection, number);
    EXECUTE format('ALTER TABLE app.%I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY tenant_rows ON app.%I'
                   ' USING (tenant_id = NULLIF(current_setting(''app.current_tenant_id'', true), ''''))'
                   ' WITH CHECK (tenant_id = NULLIF(current_setting(''app.current_tenant_id'', true), ''''))', name);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE (embedding, payload), DELETE ON app.%I TO zeroui_product_user', name);
    EXECUTE format('ALTER TABLE app.vector_points ATTACH PARTITION app.%I FOR VALUES IN (%s)', name, number);
    UPDATE app.vector_collections AS c SET placement = number, is_indexed = false, revision = c.revision + 1, updated_at = now()
     WHERE c.tenant_id = for_tenant AND c.collection_id = of_collection;
    IF found.index_kind = 'hnsw' THEN
        PERFORM app.index_vectors(for_tenant, of_collection);
    END IF;
    RETURN number;
END
$$;

COMMENT ON FUNCTION app.place_vectors(text, bigint) IS
    'Gives a collection a new partition, empty and with its index if that can grow from nothing, into which its points are written from now on; returns its number';

CREATE FUNCTION app.drop_vectors(for_tenant text, number integer) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS
$$
DECLARE
    name text := 'vector_points_' || number;
    owner_rule text;
BEGIN
    PERFORM app.require_vector_tenant(for_tenant);
    IF number = 0 OR to_regclass(format('app.%I', name)) IS NULL THEN
        RETURN false;
    END IF;
    SELECT pg_get_constraintdef(oid) INTO owner_rule FROM pg_constraint
     WHERE conrelid = format('app.%I', name)::regclass AND conname = 'one_collection';
    IF owner_rule IS NULL OR NOT starts_with(owner_rule, format('CHECK (((tenant_id = %L::text) AND ', for_tenant)) THEN
        RAISE EXCEPTION 'the partition % is none of the tenant %', number, for_tenant USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF EXISTS (SELECT FROM app.vector_collections AS c WHERE c.tenant_id = for_tenant AND number IN (c.placement, c.source)) THEN
        RAISE EXCEPTION 'the partition % is in use', number USING ERRCODE = 'object_in_use';
    END IF;
    PERFORM set_config('lock_timeout', '2s', true);
    EXECUTE format('DROP TABLE app.%I', name);
    RETURN true;
END
$$;

COMMENT ON FUNCTION app.drop_vectors(text, integer) IS
    'Drops the partition of a collection that is gone or has moved out of it; false where there is none; fails where its lock is not to be had in two seconds';

REVOKE ALL ON FUNCTION app.index_vectors(text, bigint), app.place_vectors(text, bigint), app.drop_vectors(text, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.index_vectors(text, bigint), app.place_vectors(text, bigint), app.drop_vectors(text, integer)
    TO zeroui_product_user;

-- The searches of the seeds' collections, for whoever asks the database itself. They read as their caller: a transaction sees the collection
-- of the tenant that it names.
CREATE FUNCTION app.search_vectors(of_name text, query public.vector, match_count integer, containing jsonb DEFAULT '{}')
    RETURNS TABLE (point_id text, score double precision, payload jsonb)
    LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, public, pg_temp
AS
$$
DECLARE
    found app.vector_collections;
    distance text;
    near text;
    parts text := '';
    place integer;
    candidates integer;
BEGIN
    IF match_count NOT BETWEEN 1 AND 1000 THEN
        RAISE EXCEPTION 'match_count must be 1 to 1000' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    SELECT c.* INTO found FROM app.vector_collections AS c
     WHERE c.tenant_id = NULLIF(current_setting('app.current_tenant_id', true), '')
       AND c.collection_id = COALESCE((SELECT a.collection_id FROM app.vector_aliases AS a WHERE a.tenant_id = c.tenant_id AND a.alias = of_name),
                                      (SELECT n.collection_id FROM app.vector_collections AS n
                                        WHERE n.tenant_id = c.tenant_id AND n.name = of_name));
    IF found IS NULL THEN
        RETURN;
    END IF;
    IF vector_dims(query) <> found.dimension THEN
        RAISE EXCEPTION 'the collection has % dimensions, not %', found.dimension, vector_dims(query)
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    distance := CASE found.metric WHEN 'cosine' THEN '<=>' WHEN 'l2' THEN '<->' WHEN 'l1' THEN '<+>' ELSE '<#>' END;
    candidates := CASE WHEN found.dimension > 4000 THEN 20 ELSE 4 END * match_count;
    near := CASE WHEN found.dimension > 4000 THEN '<~>' ELSE distance END;
    PERFORM set_config('hnsw.iterative_scan', 'relaxed_order', true), set_config('ivfflat.iterative_scan', 'relaxed_order', true),
            set_config('hnsw.ef_search', LEAST(1000, GREATEST(100, candidates))::text, true),
            set_config('hnsw.max_scan_tuples', '2147483647', true), set_config('hnsw.scan_mem_multiplier', '1000', true),
            set_config('ivfflat.probes', GREATEST(1, ceil(sqrt(found.lists)))::text, true);
    FOREACH place IN ARRAY ARRAY(SELECT DISTINCT n FROM unnest(ARRAY[found.placement, found.source]) AS n ORDER BY n) LOOP
        parts := parts || CASE parts WHEN '' THEN '' ELSE ' UNION ALL ' END
            || format('(SELECT p.point_id, p.embedding, p.payload FROM app.%I AS p
                         WHERE p.tenant_id = $1 AND p.collection_id = $2 AND p.payload @> $4', 'vector_points_' || place)
            || CASE WHEN place = found.placement AND found.is_indexed
                    THEN format(' ORDER BY %s %s %s LIMIT $6)', app.vector_expression(found.dimension, 'p.embedding'), near,
                                app.vector_expression(found.dimension, '$3'))
                    ELSE format(' ORDER BY p.embedding %s $3, p.point_id LIMIT $5)', distance) END;
    END LOOP;
    parts := format('SELECT n.point_id, CASE %L WHEN ''cosine'' THEN 1 - n.d WHEN ''inner_product'' THEN -n.d ELSE n.d END, n.payload
                       FROM (SELECT c.point_id, c.embedding %s $3 AS d, c.payload FROM (%s) AS c) AS n
                      ORDER BY n.d, n.point_id LIMIT $5', found.metric, distance, parts);
    RETURN QUERY EXECUTE parts USING found.tenant_id, found.collection_id, query, containing, match_count, candidates;
END
$$;

COMMENT ON FUNCTION app.search_vectors(text, public.vector, integer, jsonb) IS
    'The nearest points of a collection of the transaction''s tenant whose payload contains the given one; scores as the service gives them';

CREATE FUNCTION app.search_documents(query_embedding public.vector, match_count integer DEFAULT 10, containing jsonb DEFAULT '{}')
    RETURNS TABLE (point_id text, score double precision, payload jsonb)
    LANGUAGE sql STABLE AS $$ SELECT * FROM app.search_vectors('documents', query_embedding, match_count, containing) $$;

CREATE FUNCTION app.search_chat_context(query_embedding public.vector, match_count integer DEFAULT 10, containing jsonb DEFAULT '{}')
    RETURNS TABLE (point_id text, score double precision, payload jsonb)
    LANGUAGE sql STABLE AS $$ SELECT * FROM app.search_vectors('chat_history', query_embedding, match_count, containing) $$;

CREATE FUNCTION app.search_code(query_embedding public.vector, match_count integer DEFAULT 10, containing jsonb DEFAULT '{}')
    RETURNS TABLE (point_id text, score double precision, payload jsonb)
    LANGUAGE sql STABLE AS $$ SELECT * FROM app.search_vectors('code', query_embedding, match_count, containing) $$;

CREATE FUNCTION app.search_knowledge(query_embedding public.vector, match_count integer DEFAULT 10, containing jsonb DEFAULT '{}')
    RETURNS TABLE (point_id text, score double precision, payload jsonb)
    LANGUAGE sql STABLE AS $$ SELECT * FROM app.search_vectors('knowledge', query_embedding, match_count, containing) $$;

COMMENT ON FUNCTION app.search_documents(public.vector, integer, jsonb) IS 'The nearest points of the tenant''s collection documents';
COMMENT ON FUNCTION app.search_chat_context(public.vector, integer, jsonb) IS 'The nearest points of the tenant''s collection chat_history';
COMMENT ON FUNCTION app.search_code(public.vector, integer, jsonb) IS 'The nearest points of the tenant''s collection code';
COMMENT ON FUNCTION app.search_knowledge(public.vector, integer, jsonb) IS 'The nearest points of the tenant''s collection knowledge';
