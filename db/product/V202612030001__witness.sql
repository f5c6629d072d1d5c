-- What the witness knows of the tenants' logs. In a schema of its own: it is not computed from files, and a witness that forgets
-- would cosign a log that was set back, so rebuilding the plane must not touch it. That is also why it may be there already.

CREATE SCHEMA IF NOT EXISTS witness;

CREATE TABLE IF NOT EXISTS witness.logs (
    tenant_id    text        NOT NULL CHECK (tenant_id ~ '^[a-z0-9]([a-z0-9-]{0,98}[a-z0-9])?$'),
    origin       text        NOT NULL CHECK (length(origin) BETWEEN 1 AND 500),
    log_key      text        NOT NULL CHECK (length(log_key) BETWEEN 1 AND 1000),
    size         bigint      NOT NULL CHECK (size >= 0),
    root_hash    bytea       NOT NULL CHECK (length(root_hash) = 32),
    witnessed_at timestamptz NOT NULL DEFAULT now(),
    offered_key  text        CHECK (length(offered_key) BETWEEN 1 AND 1000),
    accepted_at  timestamptz,
    accepted_by  text,
    PRIMARY KEY (tenant_id, origin)
);

COMMENT ON TABLE witness.logs IS 'The last checkpoint of each tenant''s log that was witnessed; sizes never go down';
COMMENT ON COLUMN witness.logs.tenant_id IS 'Whose log';
COMMENT ON COLUMN witness.logs.origin IS 'Name of the log, the first line of its checkpoints';
COMMENT ON COLUMN witness.logs.log_key IS 'Verifier key of the log: the first one that was seen, or the one that an operator accepted';
COMMENT ON COLUMN witness.logs.size IS 'Leaves of the last checkpoint that was witnessed';
COMMENT ON COLUMN witness.logs.root_hash IS 'Its root hash';
COMMENT ON COLUMN witness.logs.witnessed_at IS 'When it was witnessed';
COMMENT ON COLUMN witness.logs.offered_key IS 'The last other key that a checkpoint was refused for; an operator may accept it';
COMMENT ON COLUMN witness.logs.accepted_at IS 'When an operator accepted the present key; null where it is the first one';
COMMENT ON COLUMN witness.logs.accepted_by IS 'Which caller that was';

ALTER TABLE witness.logs ENABLE ROW LEVEL SECURITY;
ALTER TABLE witness.logs FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS tenant_rows ON witness.logs;
CREATE POLICY tenant_rows ON witness.logs
    USING (tenant_id = NULLIF(current_setting('app.current_tenant_id', true), ''))
    WITH CHECK (tenant_id = NULLIF(current_setting('app.current_tenant_id', true), ''));
DROP POLICY IF EXISTS plane_select ON witness.logs;
CREATE POLICY plane_select ON witness.logs FOR SELECT TO zeroui_product_user
    USING (COALESCE(current_setting('app.plane_scope', true) = 'plane', false));

GRANT USAGE ON SCHEMA witness TO zeroui_product_user;
GRANT SELECT, INSERT, UPDATE (log_key, size, root_hash, witnessed_at, offered_key, accepted_at, accepted_by) ON witness.logs
    TO zeroui_product_user;
