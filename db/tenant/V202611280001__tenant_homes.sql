-- Where a tenant's index lives: in the shared tables, in a schema of its own, or in a database of its own. The functions that
-- make and empty homes belong to the owner; the serving login calls them and can neither make nor drop a table itself.

CREATE TABLE app.tenant_homes (
    tenant_id  text        NOT NULL PRIMARY KEY CHECK (tenant_id <> ''),
    tier       text        NOT NULL CHECK (tier IN ('schema', 'database', 'arriving')),
    place      text        NOT NULL CHECK (place <> ''),
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE UNIQUE INDEX tenant_homes_database ON app.tenant_homes (place) WHERE tier = 'database';

COMMENT ON TABLE app.tenant_homes IS
    'Tenants whose rows are not in the shared tables of this database. Changes in the transaction that moves them';
COMMENT ON COLUMN app.tenant_homes.tenant_id IS 'The tenant';
COMMENT ON COLUMN app.tenant_homes.tier IS
    'schema: own tables in this database; database: another database; arriving: rows are being copied here and nobody may use them';
COMMENT ON COLUMN app.tenant_homes.place IS 'Name of the schema, or of the database as the service''s settings name it';
COMMENT ON COLUMN app.tenant_homes.created_at IS 'When it moved there';
COMMENT ON INDEX app.tenant_homes_database IS 'A database of its own has one tenant';

ALTER TABLE app.tenant_homes ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.tenant_homes FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_rows ON app.tenant_homes
    USING (tenant_id = NULLIF(current_setting('app.current_tenant_id', true), ''))
    WITH CHECK (tenant_id = NULLIF(current_setting('app.current_tenant_id', true), ''));
CREATE POLICY plane_select ON app.tenant_homes FOR SELECT TO zeroui_tenant_user
    USING (COALESCE(current_setting('app.plane_scope', true) = 'plane', false));

GRANT SELECT, INSERT, UPDATE, DELETE ON app.tenant_homes TO zeroui_tenant_user;

CREATE FUNCTION app.enter(for_tenant text, scope text, writes boolean) RETURNS text
    LANGUAGE plpgsql AS $$
BEGIN
    PERFORM set_config('app.current_tenant_id', for_tenant, true), set_config('app.plane_scope', scope, true);
    IF for_tenant = '' THEN
        RETURN '';
    END IF;
    IF writes THEN
        PERFORM set_config('lock_timeout', '2s', true);
        PERFORM pg_advisory_xact_lock_shared(hashtextextended(for_tenant, 1));
        PERFORM set_config('lock_timeout', '0', true);
    END IF;
    RETURN COALESCE((SELECT h.tier || ':' || h.place FROM app.tenant_homes AS h WHERE h.tenant_id = for_tenant), '');
END
$$;

COMMENT ON FUNCTION app.enter(text, text, boolean) IS
    'Begins a transaction''s work for a tenant or for the plane and says where the tenant lives; a writer keeps the tenant from moving until it ends';

CREATE FUNCTION app.begin_move(for_tenant text) RETURNS boolean
    LANGUAGE plpgsql AS $$
BEGIN
    PERFORM set_config('idle_in_transaction_session_timeout', '0', true);
    RETURN pg_try_advisory_xact_lock(hashtextextended(for_tenant, 2));
END
$$;

COMMENT ON FUNCTION app.begin_move(text) IS
    'False while another transaction moves the tenant. Said again in the same transaction it is true as long as the transaction lives';

CREATE FUNCTION app.stop_writers(for_tenant text) RETURNS void
    LANGUAGE sql AS $$ SELECT pg_advisory_xact_lock(hashtextextended(for_tenant, 1)) $$;

COMMENT ON FUNCTION app.stop_writers(text) IS
    'Waits for the writers of a tenant; those that come later wait for the end of this transaction';

-- Rows of a tenant that lives elsewhere may go.
CREATE OR REPLACE FUNCTION app.keep_ledger_row() RETURNS trigger
    LANGUAGE plpgsql
AS
$$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF to_jsonb(NEW) - 'signature_status' = to_jsonb(OLD) - 'signature_status' THEN
            RETURN NEW;
        END IF;
    ELSIF TG_TABLE_SCHEMA = 'app' AND EXISTS (SELECT FROM app.tenant_homes AS h WHERE h.tenant_id = OLD.tenant_id) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'insufficient_privilege';
END
$$;

COMMENT ON FUNCTION app.keep_ledger_row() IS
    'Refuses UPDATE of any column but signature_status, and DELETE of rows of a tenant that lives in these tables, whoever asks';

CREATE FUNCTION app.home_schema(for_tenant text) RETURNS text
    LANGUAGE sql IMMUTABLE AS $$
    SELECT 'tenant_' || CASE WHEN length(for_tenant) <= 56 THEN for_tenant
                             ELSE left(for_tenant, 40) || '_' || left(md5(for_tenant), 15) END
$$;

COMMENT ON FUNCTION app.home_schema(text) IS 'Name of a tenant''s own schema; an underscore is in no tenant id, so no two are the same';

CREATE FUNCTION app.copy_table(source regclass, to_schema text) RETURNS void
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS
$$
DECLARE
    source_name text := (SELECT relname FROM pg_class WHERE oid = source);
    target text := format('%I.%I', to_schema, source_name);
    found record;
BEGIN
    EXECUTE format('CREATE TABLE %s (LIKE %s INCLUDING ALL)', target, source);
    EXECUTE format('COMMENT ON TABLE %s IS %L', target, obj_description(source, 'pg_class'));
    FOR found IN
        SELECT policyname, cmd, roles, qual, with_check
          FROM pg_policies
         WHERE (schemaname, tablename) = (SELECT n.nspname, c.relname FROM pg_class AS c
                                            JOIN pg_namespace AS n ON n.oid = c.relnamespace WHERE c.oid = source)
    LOOP
        EXECUTE format('CREATE POLICY %I ON %s FOR %s TO %s', found.policyname, target, found.cmd,
                       (SELECT string_agg(CASE role WHEN 'public' THEN 'PUBLIC' ELSE quote_ident(role) END, ', ')
                          FROM unnest(found.roles) AS role))
            || COALESCE(' USING (' || found.qual || ')', '') || COALESCE(' WITH CHECK (' || found.with_check || ')', '');
    END LOOP;
    IF (SELECT relrowsecurity FROM pg_class WHERE oid = source) THEN
        EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', target);
    END IF;
    FOR found IN SELECT pg_get_triggerdef(oid) AS definition FROM pg_trigger WHERE tgrelid = source AND NOT tgisinternal
    LOOP
        EXECUTE replace(found.definition, format(' ON %s ', source), format(' ON %s ', target));
    END LOOP;
    FOR found IN
        SELECT '' AS columns, a.privilege_type, a.grantee, c.relowner
          FROM pg_class AS c, aclexplode(c.relacl) AS a WHERE c.oid = source
        UNION ALL
        SELECT format(' (%I)', t.attname), a.privilege_type, a.grantee, c.relowner
          FROM pg_class AS c JOIN pg_attribute AS t ON t.attrelid = c.oid, aclexplode(t.attacl) AS a WHERE c.oid = source
    LOOP
        IF found.grantee <> found.relowner THEN
            EXECUTE format('GRANT %s%s ON %s TO %I', found.privilege_type, found.columns, target,
                           pg_get_userbyid(found.grantee));
        END IF;
    END LOOP;
END
$$;

COMMENT ON FUNCTION app.copy_table(regclass, text) IS
    'An empty table like the source in another schema, with its indexes, policies, triggers and grants';

CREATE FUNCTION app.create_home(for_tenant text) RETURNS text
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
    FOREACH moved IN ARRAY ARRAY['receipts_index', 'chain_heads', 'ledger_watermarks', 'outbox', 'outbox_epoch']
    LOOP
        PERFORM app.copy_table(format('app.%I', moved)::regclass, home);
        IF moved <> 'outbox_epoch' THEN
            EXECUTE format('ALTER TABLE %I.%I ADD CONSTRAINT one_tenant CHECK (tenant_id = %L)', home, moved, for_tenant);
        END IF;
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

COMMENT ON FUNCTION app.create_home(text) IS
    'Makes the empty tables of a tenant''s own schema, in a transaction for that tenant; returns the schema''s name';

CREATE FUNCTION app.drop_home(for_tenant text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS
$$
BEGIN
    PERFORM app.require_tenant(for_tenant);
    IF EXISTS (SELECT FROM app.tenant_homes AS h WHERE h.tenant_id = for_tenant AND h.tier = 'schema') THEN
        RAISE EXCEPTION 'the tenant % lives in its schema', for_tenant USING ERRCODE = 'insufficient_privilege';
    END IF;
    EXECUTE format('DROP SCHEMA IF EXISTS %I CASCADE', app.home_schema(for_tenant));
END
$$;

COMMENT ON FUNCTION app.drop_home(text) IS 'Drops the own schema of a tenant that does not live there, in a transaction for that tenant';

CREATE FUNCTION app.forget_rows(for_tenant text) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS
$$
DECLARE
    gone bigint;
BEGIN
    PERFORM app.require_tenant(for_tenant);
    IF NOT EXISTS (SELECT FROM app.tenant_homes AS h WHERE h.tenant_id = for_tenant) THEN
        RAISE EXCEPTION 'the tenant % lives in these tables', for_tenant USING ERRCODE = 'insufficient_privilege';
    END IF;
    DELETE FROM app.receipts_index WHERE tenant_id = for_tenant;
    GET DIAGNOSTICS gone = ROW_COUNT;
    DELETE FROM app.chain_heads WHERE tenant_id = for_tenant;
    DELETE FROM app.outbox WHERE tenant_id = for_tenant;
    DELETE FROM app.ledger_watermarks WHERE tenant_id = for_tenant;
    RETURN gone;
END
$$;

COMMENT ON FUNCTION app.forget_rows(text) IS
    'Deletes the shared rows of a tenant that lives elsewhere, in a transaction for that tenant; returns the number of receipts';

CREATE FUNCTION app.alter_homes(statement text) RETURNS void
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS
$$
DECLARE
    home text;
BEGIN
    EXECUTE replace(statement, '{home}', 'app');
    FOR home IN SELECT nspname FROM pg_namespace WHERE starts_with(nspname, 'tenant_') ORDER BY nspname LOOP
        EXECUTE replace(statement, '{home}', quote_ident(home));
    END LOOP;
END
$$;

COMMENT ON FUNCTION app.alter_homes(text) IS
    'For migrations: runs a statement for app, which waits for a move under way, and then for every tenant''s own schema';

CREATE FUNCTION app.require_tenant(for_tenant text) RETURNS void
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS
$$
BEGIN
    IF COALESCE(for_tenant, '') = '' OR current_setting('app.current_tenant_id', true) IS DISTINCT FROM for_tenant THEN
        RAISE EXCEPTION 'this transaction is not for the tenant %', for_tenant USING ERRCODE = 'insufficient_privilege';
    END IF;
END
$$;

COMMENT ON FUNCTION app.require_tenant(text) IS 'Refuses what is asked for another tenant than the transaction''s';

REVOKE ALL ON FUNCTION app.copy_table(regclass, text), app.alter_homes(text), app.create_home(text), app.drop_home(text), app.forget_rows(text)
    FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.create_home(text), app.drop_home(text), app.forget_rows(text) TO zeroui_tenant_user;

ALTER TABLE app.registry_tenants
    ADD COLUMN tier text NOT NULL DEFAULT 'shared' CHECK (tier IN ('shared', 'schema', 'database')),
    ADD COLUMN database_name text;

COMMENT ON COLUMN app.registry_tenants.tier IS 'How its rows shall be kept apart: shared, schema or database';
COMMENT ON COLUMN app.registry_tenants.database_name IS 'For the tier database: which one, by its name in the settings';
