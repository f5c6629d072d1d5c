-- What a tenant has deleted stays deleted: ready-made collections do not come back by themselves, and values of payload indexes that are gone
-- are removed also when who began with it was stopped.

CREATE TABLE app.vector_seeds_deleted (
    tenant_id  text        NOT NULL,
    name       text        NOT NULL COLLATE "C",
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, name)
);

COMMENT ON TABLE app.vector_seeds_deleted IS 'Ready-made collections that a tenant has deleted: they are not made at their next use';
COMMENT ON COLUMN app.vector_seeds_deleted.tenant_id IS 'Who deleted it';
COMMENT ON COLUMN app.vector_seeds_deleted.name IS 'Its name';
COMMENT ON COLUMN app.vector_seeds_deleted.created_at IS 'When it was deleted first';

CREATE TABLE app.vector_index_remains (
    tenant_id  text        NOT NULL,
    index_id   bigint      NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, index_id)
);

COMMENT ON TABLE app.vector_index_remains IS 'Payload indexes that are gone and whose values are left to remove';
COMMENT ON COLUMN app.vector_index_remains.tenant_id IS 'Whose';
COMMENT ON COLUMN app.vector_index_remains.index_id IS 'Its number';
COMMENT ON COLUMN app.vector_index_remains.created_at IS 'Since when';

DO $$
DECLARE
    tbl text;
BEGIN
    FOREACH tbl IN ARRAY ARRAY['vector_seeds_deleted', 'vector_index_remains'] LOOP
        EXECUTE format('ALTER TABLE app.%I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', tbl);
        EXECUTE format('CREATE POLICY tenant_rows ON app.%I'
            ' USING (tenant_id = NULLIF(current_setting(''app.current_tenant_id'', true), ''''))'
            ' WITH CHECK (tenant_id = NULLIF(current_setting(''app.current_tenant_id'', true), ''''))', tbl);
    END LOOP;
END
$$;

CREATE POLICY plane_select ON app.vector_index_remains FOR SELECT TO zeroui_product_user
    USING (COALESCE(current_setting('app.plane_scope', true) = 'plane', false));

GRANT SELECT, INSERT, DELETE ON app.vector_seeds_deleted, app.vector_index_remains TO zeroui_product_user;
