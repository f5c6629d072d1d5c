-- What tenants have exported for search and withdrawn: how far each export has come here. What was exported is in the points of a collection.

CREATE TABLE app.context_exports (
    tenant_id  text        NOT NULL CHECK (tenant_id ~ '^[a-z0-9]([a-z0-9-]{0,98}[a-z0-9])?$'),
    export_id  uuid        NOT NULL,
    version    integer     NOT NULL CHECK (version BETWEEN 1 AND 2),
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, export_id)
);

COMMENT ON TABLE app.context_exports IS 'Exports of context that were carried out, by tenant';
COMMENT ON COLUMN app.context_exports.tenant_id IS 'Who exported it';
COMMENT ON COLUMN app.context_exports.export_id IS 'Its id, given by the tenant plane';
COMMENT ON COLUMN app.context_exports.version IS '1: it is searchable; 2: it was withdrawn, and never comes back';
COMMENT ON COLUMN app.context_exports.created_at IS 'When it was first heard of';
COMMENT ON COLUMN app.context_exports.updated_at IS 'When its row changed last';

ALTER TABLE app.context_exports ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.context_exports FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_rows ON app.context_exports
    USING (tenant_id = NULLIF(current_setting('app.current_tenant_id', true), ''))
    WITH CHECK (tenant_id = NULLIF(current_setting('app.current_tenant_id', true), ''));

GRANT SELECT, INSERT, UPDATE (version, updated_at), DELETE ON app.context_exports TO zeroui_product_user;

CREATE TABLE app.context_epoch (
    one        boolean     NOT NULL DEFAULT true PRIMARY KEY CHECK (one),
    epoch      uuid        NOT NULL DEFAULT gen_random_uuid(),
    created_at timestamptz NOT NULL DEFAULT now()
);

COMMENT ON TABLE app.context_epoch IS 'Which life of this database it is: tenants'' planes send everything again to one that they have not heard of';
COMMENT ON COLUMN app.context_epoch.one IS 'Keeps the table at one row';
COMMENT ON COLUMN app.context_epoch.epoch IS 'Random name of this life';
COMMENT ON COLUMN app.context_epoch.created_at IS 'When it began';

INSERT INTO app.context_epoch DEFAULT VALUES;

GRANT SELECT ON app.context_epoch TO zeroui_product_user;
