-- What the product plane announced of its registry. A mirror: when it is lost it is asked for again.

CREATE TABLE app.registry_state (
    single       boolean     NOT NULL PRIMARY KEY DEFAULT true CHECK (single),
    epoch        text        NOT NULL DEFAULT '',
    version      bigint      NOT NULL DEFAULT 0 CHECK (version >= 0),
    confirmed_at timestamptz NOT NULL DEFAULT 'epoch'
);

COMMENT ON TABLE app.registry_state IS 'How much of the registry of tenants is known';
COMMENT ON COLUMN app.registry_state.single IS 'There is one row';
COMMENT ON COLUMN app.registry_state.epoch IS 'Which registry; empty before the first announcement';
COMMENT ON COLUMN app.registry_state.version IS 'Its newest version that is known completely';
COMMENT ON COLUMN app.registry_state.confirmed_at IS 'When the newest question that was answered had been asked';

CREATE TABLE app.registry_tenants (
    tenant_id  text        NOT NULL PRIMARY KEY CHECK (tenant_id <> ''),
    state      text        NOT NULL CHECK (state IN ('active', 'suspended', 'deleted')),
    region     text        NOT NULL,
    version    bigint      NOT NULL,
    updated_at timestamptz NOT NULL DEFAULT now()
);

COMMENT ON TABLE app.registry_tenants IS 'Tenants as the registry announced them';
COMMENT ON COLUMN app.registry_tenants.tenant_id IS 'The tenant';
COMMENT ON COLUMN app.registry_tenants.state IS 'active, suspended or deleted';
COMMENT ON COLUMN app.registry_tenants.region IS 'Where its data is';
COMMENT ON COLUMN app.registry_tenants.version IS 'Version of the registry at which it became so';
COMMENT ON COLUMN app.registry_tenants.updated_at IS 'When this row changed last';

CREATE TABLE app.registry_edges (
    edge_id    text        NOT NULL PRIMARY KEY,
    tenant_id  text        NOT NULL CHECK (tenant_id <> ''),
    state      text        NOT NULL CHECK (state IN ('active', 'suspended', 'deleted')),
    version    bigint      NOT NULL,
    updated_at timestamptz NOT NULL DEFAULT now()
);

COMMENT ON TABLE app.registry_edges IS 'Edges as the registry announced them';
COMMENT ON COLUMN app.registry_edges.edge_id IS 'The edge';
COMMENT ON COLUMN app.registry_edges.tenant_id IS 'The only tenant it is enrolled for';
COMMENT ON COLUMN app.registry_edges.state IS 'active, suspended or deleted';
COMMENT ON COLUMN app.registry_edges.version IS 'Version of the registry at which it became so';
COMMENT ON COLUMN app.registry_edges.updated_at IS 'When this row changed last';

ALTER TABLE app.registry_tenants ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.registry_tenants FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_rows ON app.registry_tenants
    USING (tenant_id = NULLIF(current_setting('app.current_tenant_id', true), ''))
    WITH CHECK (tenant_id = NULLIF(current_setting('app.current_tenant_id', true), ''));
CREATE POLICY plane_select ON app.registry_tenants FOR SELECT TO zeroui_tenant_user
    USING (COALESCE(current_setting('app.plane_scope', true) = 'plane', false));
CREATE POLICY plane_insert ON app.registry_tenants FOR INSERT TO zeroui_tenant_user
    WITH CHECK (COALESCE(current_setting('app.plane_scope', true) = 'plane', false));
CREATE POLICY plane_update ON app.registry_tenants FOR UPDATE TO zeroui_tenant_user
    USING (COALESCE(current_setting('app.plane_scope', true) = 'plane', false))
    WITH CHECK (COALESCE(current_setting('app.plane_scope', true) = 'plane', false));
CREATE POLICY plane_delete ON app.registry_tenants FOR DELETE TO zeroui_tenant_user
    USING (COALESCE(current_setting('app.plane_scope', true) = 'plane', false));

ALTER TABLE app.registry_edges ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.registry_edges FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_rows ON app.registry_edges
    USING (tenant_id = NULLIF(current_setting('app.current_tenant_id', true), ''))
    WITH CHECK (tenant_id = NULLIF(current_setting('app.current_tenant_id', true), ''));
CREATE POLICY plane_select ON app.registry_edges FOR SELECT TO zeroui_tenant_user
    USING (COALESCE(current_setting('app.plane_scope', true) = 'plane', false));
CREATE POLICY plane_insert ON app.registry_edges FOR INSERT TO zeroui_tenant_user
    WITH CHECK (COALESCE(current_setting('app.plane_scope', true) = 'plane', false));
CREATE POLICY plane_update ON app.registry_edges FOR UPDATE TO zeroui_tenant_user
    USING (COALESCE(current_setting('app.plane_scope', true) = 'plane', false))
    WITH CHECK (COALESCE(current_setting('app.plane_scope', true) = 'plane', false));
CREATE POLICY plane_delete ON app.registry_edges FOR DELETE TO zeroui_tenant_user
    USING (COALESCE(current_setting('app.plane_scope', true) = 'plane', false));

GRANT SELECT, UPDATE ON app.registry_state TO zeroui_tenant_user;
GRANT SELECT, INSERT, UPDATE, DELETE ON app.registry_tenants, app.registry_edges TO zeroui_tenant_user;

INSERT INTO app.registry_state DEFAULT VALUES;
