-- API keys of this plane, and who reached other tenants' data. In a schema of their own: dropping and rebuilding what is
-- computed from files must not touch them. That is also why everything here may be there already.

CREATE SCHEMA IF NOT EXISTS access;

CREATE TABLE IF NOT EXISTS access.api_keys (
    key_id       text        NOT NULL PRIMARY KEY CHECK (key_id ~ '^[0-9A-Za-z]{12,32}$'),
    secret_hash  bytea       NOT NULL CHECK (octet_length(secret_hash) = 32),
    name         text        NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    tenant_id    text,
    permissions  text[]      NOT NULL CHECK (cardinality(permissions) > 0),
    created_at   timestamptz NOT NULL DEFAULT now(),
    created_by   text        NOT NULL,
    expires_at   timestamptz,
    revoked_at   timestamptz,
    replaces     text        REFERENCES access.api_keys (key_id),
    last_used_on date
);

CREATE INDEX IF NOT EXISTS api_keys_created_at ON access.api_keys (created_at DESC, key_id);

COMMENT ON TABLE access.api_keys IS 'API keys of this plane; never a secret, only its hash';
COMMENT ON COLUMN access.api_keys.key_id IS 'Public part of the key';
COMMENT ON COLUMN access.api_keys.secret_hash IS 'SHA-256 of the secret, which has 256 random bits';
COMMENT ON COLUMN access.api_keys.name IS 'What people call it';
COMMENT ON COLUMN access.api_keys.tenant_id IS 'The only tenant it works for; null for a key of the whole plane';
COMMENT ON COLUMN access.api_keys.permissions IS 'What it may do, for example evidence:read';
COMMENT ON COLUMN access.api_keys.created_at IS 'When it was made';
COMMENT ON COLUMN access.api_keys.created_by IS 'Which caller made it';
COMMENT ON COLUMN access.api_keys.expires_at IS 'When it ends; null for never';
COMMENT ON COLUMN access.api_keys.revoked_at IS 'When it was revoked; null where it was not';
COMMENT ON COLUMN access.api_keys.replaces IS 'The key that it was made to replace';
COMMENT ON COLUMN access.api_keys.last_used_on IS 'Last day (UTC) on which it was used';

CREATE TABLE IF NOT EXISTS access.audit (
    id               bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    accessed_at      timestamptz NOT NULL,
    subject          text        NOT NULL,
    tenant_id        text        NOT NULL,
    permission       text        NOT NULL,
    requests         bigint      NOT NULL CHECK (requests > 0),
    first_request_id text        NOT NULL,
    created_at       timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX IF NOT EXISTS audit_tenant ON access.audit (tenant_id, accessed_at);

COMMENT ON TABLE access.audit IS 'Who reached other tenants'' data; rows are added and never changed';
COMMENT ON COLUMN access.audit.id IS 'Order of writing';
COMMENT ON COLUMN access.audit.accessed_at IS 'In which second';
COMMENT ON COLUMN access.audit.subject IS 'By whom: key:{key id} or token:{sub}';
COMMENT ON COLUMN access.audit.tenant_id IS 'Whose data; * where the question was about any tenant';
COMMENT ON COLUMN access.audit.permission IS 'With which permission';
COMMENT ON COLUMN access.audit.requests IS 'Number of requests in that second';
COMMENT ON COLUMN access.audit.first_request_id IS 'Id of the first of them, as in the log';
COMMENT ON COLUMN access.audit.created_at IS 'When the row was written';

CREATE OR REPLACE FUNCTION access.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of access.% are never changed', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END
$$;

CREATE OR REPLACE TRIGGER audit_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON access.audit
    FOR EACH STATEMENT EXECUTE FUNCTION access.refuse_change();

GRANT USAGE ON SCHEMA access TO zeroui_product_user;
GRANT SELECT, INSERT, UPDATE (expires_at, revoked_at, last_used_on) ON access.api_keys TO zeroui_product_user;
GRANT SELECT, INSERT ON access.audit TO zeroui_product_user;
