-- Which tables every home of a tenant has, said once.

-- Until here every migration with a new table repeated the functions that make and empty homes. From now on it replaces
-- home_tables() and calls add_home_table().
CREATE FUNCTION app.home_tables() RETURNS text[]
    LANGUAGE sql IMMUTABLE AS $$
    SELECT ARRAY['receipts_index', 'chain_heads', 'ledger_watermarks', 'outbox', 'ledger_acts', 'erased_receipts', 'key_evaluations',
                 'courier_batches', 'receipt_words']
$$;

COMMENT ON FUNCTION app.home_tables() IS 'The tables with rows of tenants, of which every home has its own';

CREATE FUNCTION app.add_home_table(added regclass) RETURNS void
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS
$$
DECLARE
    home text;
    added_name text := (SELECT relname FROM pg_class WHERE oid = added);
BEGIN
    FOR home IN SELECT nspname FROM pg_namespace WHERE starts_with(nspname, 'tenant_') ORDER BY nspname LOOP
        PERFORM app.copy_table(added, home);
        EXECUTE format('ALTER TABLE %I.%I ADD CONSTRAINT one_tenant %s', home, added_name,
                       (SELECT pg_get_constraintdef(oid) FROM pg_constraint
                         WHERE conname = 'one_tenant' AND conrelid = format('%I.receipts_index', home)::regclass));
    END LOOP;
END
$$;

COMMENT ON FUNCTION app.add_home_table(regclass) IS
    'For migrations: gives the homes that are there a new table as new homes get it, with the rule for whose rows they have';

REVOKE ALL ON FUNCTION app.add_home_table(regclass) FROM PUBLIC;

-- As before, by the list.
CREATE OR REPLACE FUNCTION app.create_home(for_tenant text) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS
$$
DECLARE
    home text := app.home_schema(for_tenant);
    moved text;
BEGIN
    PERFORM app.require_tenant(for_tenant);
    PERFORM app.drop_home(for_tenant);
    EXECUTE format('CREATE SCHEMA %I', home);
    EXECUTE format('COMMENT ON SCHEMA %I IS %L', home, 'The index of one tenant alone');
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO zeroui_tenant_user', home);
    PERFORM app.copy_table('app.outbox_epoch'::regclass, home);
    FOREACH moved IN ARRAY app.home_tables() LOOP
        PERFORM app.copy_table(format('app.%I', moved)::regclass, home);
        EXECUTE format('ALTER TABLE %I.%I ADD CONSTRAINT one_tenant CHECK (tenant_id = %L)', home, moved, for_tenant);
    END LOOP;
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'zeroui_tenant_analytics_ro') AND to_regclass('analytics.receipts') IS NOT NULL
    THEN
        EXECUTE format('CREATE VIEW %I.receipts WITH (security_invoker = true, security_barrier = true) AS %s', home,
                       replace(pg_get_viewdef('analytics.receipts'::regclass), 'app.receipts_index',
                               format('%I.receipts_index', home)));
        EXECUTE format('GRANT USAGE ON SCHEMA %I TO zeroui_tenant_analytics_ro', home);
        EXECUTE format('GRANT SELECT ON %I.receipts TO zeroui_tenant_analytics_ro', home);
    END IF;
    RETURN home;
END
$$;

CREATE OR REPLACE FUNCTION app.forget_rows(for_tenant text) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS
$$
DECLARE
    emptied text;
    gone bigint;
    receipts bigint := 0;
BEGIN
    PERFORM app.require_tenant(for_tenant);
    IF NOT EXISTS (SELECT FROM app.tenant_homes AS h WHERE h.tenant_id = for_tenant) THEN
        RAISE EXCEPTION 'the tenant % lives in these tables', for_tenant USING ERRCODE = 'insufficient_privilege';
    END IF;
    FOREACH emptied IN ARRAY app.home_tables() LOOP
        EXECUTE format('DELETE FROM app.%I WHERE tenant_id = $1', emptied) USING for_tenant;
        GET DIAGNOSTICS gone = ROW_COUNT;
        IF emptied = 'receipts_index' THEN
            receipts := gone;
        END IF;
    END LOOP;
    RETURN receipts;
END
$$;
