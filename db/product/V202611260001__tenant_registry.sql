-- The registry of tenants and edges. In a schema of its own: it is not computed from files, so rebuilding the plane must not
-- touch it. That is also why everything here may be there already.

CREATE SCHEMA IF NOT EXISTS registry;

CREATE TABLE IF NOT EXISTS registry.state (
    single  boolean NOT NULL PRIMARY KEY DEFAULT true CHECK (single),
    epoch   uuid    NOT NULL DEFAULT gen_random_uuid(),
    version bigint  NOT NULL DEFAULT 0 CHECK (version >= 0)
);

COMMENT ON TABLE registry.state IS
    'How far the registry is. Every change takes the next version while it holds this row, so versions are in the order of commits';
COMMENT ON COLUMN registry.state.single IS 'There is one row';
COMMENT ON COLUMN registry.state.epoch IS 'Which registry this is: a mirror of another one starts from nothing';
COMMENT ON COLUMN registry.state.version IS 'Version of the newest change';

CREATE TABLE IF NOT EXISTS registry.tenants (
    tenant_id  text        NOT NULL PRIMARY KEY CHECK (tenant_id ~ '^[a-z0-9]([a-z0-9-]{0,98}[a-z0-9])?$'),
    name       text        NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    state      text        NOT NULL CHECK (state IN ('active', 'suspended', 'deleted')),
    region     text        NOT NULL CHECK (region <> ''),
    version    bigint      NOT NULL UNIQUE CHECK (version > 0),
    created_at timestamptz NOT NULL DEFAULT now(),
    created_by text        NOT NULL,
    updated_at timestamptz NOT NULL DEFAULT now(),
    updated_by text        NOT NULL
);

COMMENT ON TABLE registry.tenants IS 'Tenants; a deleted one keeps its row, so that its id is never given again';
COMMENT ON COLUMN registry.tenants.tenant_id IS 'The slug by which all planes know it';
COMMENT ON COLUMN registry.tenants.name IS 'What people call it';
COMMENT ON COLUMN registry.tenants.state IS 'active, suspended or deleted';
COMMENT ON COLUMN registry.tenants.region IS 'Where its data is';
COMMENT ON COLUMN registry.tenants.version IS 'Version of the registry at which the row became as it is';
COMMENT ON COLUMN registry.tenants.created_at IS 'When it was made';
COMMENT ON COLUMN registry.tenants.created_by IS 'Which caller made it';
COMMENT ON COLUMN registry.tenants.updated_at IS 'When its row changed last';
COMMENT ON COLUMN registry.tenants.updated_by IS 'Which caller changed it last';

CREATE TABLE IF NOT EXISTS registry.edges (
    edge_id    text        NOT NULL PRIMARY KEY CHECK (edge_id ~ '^[a-z0-9]([a-z0-9-]{0,98}[a-z0-9])?$'),
    tenant_id  text        NOT NULL,
    name       text        NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    state      text        NOT NULL CHECK (state IN ('active', 'suspended', 'deleted')),
    version    bigint      NOT NULL UNIQUE CHECK (version > 0),
    created_at timestamptz NOT NULL DEFAULT now(),
    created_by text        NOT NULL,
    updated_at timestamptz NOT NULL DEFAULT now(),
    updated_by text        NOT NULL
);

CREATE INDEX IF NOT EXISTS edges_tenant ON registry.edges (tenant_id, edge_id);

COMMENT ON TABLE registry.edges IS 'Edges, each enrolled for one tenant; a removed one keeps its row';
COMMENT ON COLUMN registry.edges.edge_id IS 'The edge, unique over all tenants';
COMMENT ON COLUMN registry.edges.tenant_id IS 'The only tenant whose receipts it may send';
COMMENT ON COLUMN registry.edges.name IS 'What people call it';
COMMENT ON COLUMN registry.edges.state IS 'active, suspended or deleted';
COMMENT ON COLUMN registry.edges.version IS 'Version of the registry at which the row became as it is';
COMMENT ON COLUMN registry.edges.created_at IS 'When it was enrolled';
COMMENT ON COLUMN registry.edges.created_by IS 'Which caller enrolled it';
COMMENT ON COLUMN registry.edges.updated_at IS 'When its row changed last';
COMMENT ON COLUMN registry.edges.updated_by IS 'Which caller changed it last';

ALTER TABLE registry.tenants ENABLE ROW LEVEL SECURITY;
ALTER TABLE registry.tenants FORCE ROW LEVEL SECURITY;
ALTER TABLE registry.edges ENABLE ROW LEVEL SECURITY;
ALTER TABLE registry.edges FORCE ROW LEVEL SECURITY;
DO $$
DECLARE
    tbl text;
BEGIN
    FOREACH tbl IN ARRAY ARRAY['registry.tenants', 'registry.edges'] LOOP
        EXECUTE format('DROP POLICY IF EXISTS tenant_rows ON %s', tbl);
        EXECUTE format('DROP POLICY IF EXISTS plane_select ON %s', tbl);
        EXECUTE format('DROP POLICY IF EXISTS plane_insert ON %s', tbl);
        EXECUTE format('DROP POLICY IF EXISTS plane_update ON %s', tbl);
        EXECUTE format('CREATE POLICY tenant_rows ON %s'
            ' USING (tenant_id = NULLIF(current_setting(''app.current_tenant_id'', true), ''''))'
            ' WITH CHECK (tenant_id = NULLIF(current_setting(''app.current_tenant_id'', true), ''''))', tbl);
        EXECUTE format('CREATE POLICY plane_select ON %s FOR SELECT TO zeroui_product_user'
            ' USING (COALESCE(current_setting(''app.plane_scope'', true) = ''plane'', false))', tbl);
        EXECUTE format('CREATE POLICY plane_insert ON %s FOR INSERT TO zeroui_product_user'
            ' WITH CHECK (COALESCE(current_setting(''app.plane_scope'', true) = ''plane'', false))', tbl);
        EXECUTE format('CREATE POLICY plane_update ON %s FOR UPDATE TO zeroui_product_user'
            ' USING (COALESCE(current_setting(''app.plane_scope'', true) = ''plane'', false))'
            ' WITH CHECK (COALESCE(current_setting(''app.plane_scope'', true) = ''plane'', false))', tbl);
    END LOOP;
END
$$;

GRANT USAGE ON SCHEMA registry TO zeroui_product_user;
GRANT SELECT, UPDATE (version) ON registry.state TO zeroui_product_user;
GRANT SELECT, INSERT, UPDATE (state, version, updated_at, updated_by) ON registry.tenants, registry.edges
    TO zeroui_product_user;

-- The tenant of receipts that name none, from edges that are enrolled for nobody, and the tenant of the self-check.
INSERT INTO registry.state (version) SELECT 0 WHERE NOT EXISTS (SELECT FROM registry.state);
DO $$
DECLARE
    tenant text;
    label  text;
BEGIN
    FOR tenant, label IN VALUES ('local', 'Development on one machine'), ('zeroui-selfcheck', 'Self-check of this installation')
    LOOP
        PERFORM set_config('app.current_tenant_id', tenant, true);
        IF NOT EXISTS (SELECT FROM registry.tenants WHERE tenant_id = tenant) THEN
            UPDATE registry.state SET version = version + 1;
            INSERT INTO registry.tenants (tenant_id, name, state, region, version, created_by, updated_by)
            SELECT tenant, label, 'active', 'local', version, 'migration', 'migration' FROM registry.state;
        END IF;
    END LOOP;
    PERFORM set_config('app.current_tenant_id', '', true);
END
$$;
