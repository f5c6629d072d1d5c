-- Keys of tenants' emitters as the registry has them. The schema outlives a rebuild, so the tables may be there already.

CREATE TABLE IF NOT EXISTS registry.keys (
    tenant_id         text        NOT NULL,
    kid               text        NOT NULL CHECK (kid ~ '^[A-Za-z0-9._-]{1,128}$' AND kid NOT IN ('.', '..')),
    public_key        bytea       CHECK (octet_length(public_key) = 32),
    valid_from        timestamptz,
    valid_until       timestamptz CHECK (valid_until > valid_from),
    revoked_at        timestamptz,
    compromised_since timestamptz CHECK (compromised_since <= revoked_at),
    reason            text        CHECK (length(reason) BETWEEN 1 AND 200),
    replaced_by       text,
    version           bigint      NOT NULL UNIQUE CHECK (version > 0),
    created_at        timestamptz NOT NULL DEFAULT now(),
    created_by        text        NOT NULL,
    updated_at        timestamptz NOT NULL DEFAULT now(),
    updated_by        text        NOT NULL,
    PRIMARY KEY (tenant_id, kid),
    CHECK ((revoked_at IS NULL) = (compromised_since IS NULL) AND (revoked_at IS NULL) = (reason IS NULL))
);

COMMENT ON TABLE registry.keys IS 'Public keys that sign tenants'' receipts, and how they stand; a key keeps its row for ever';
COMMENT ON COLUMN registry.keys.tenant_id IS 'Whose receipts it signs';
COMMENT ON COLUMN registry.keys.kid IS 'Its id, unique within the tenant';
COMMENT ON COLUMN registry.keys.public_key IS 'The raw Ed25519 key; null where only its id is known here, because it came with receipts';
COMMENT ON COLUMN registry.keys.valid_from IS 'Since when a ledger may take in what it signed; null for no limit';
COMMENT ON COLUMN registry.keys.valid_until IS 'From when on it may not any more; null for no limit';
COMMENT ON COLUMN registry.keys.revoked_at IS 'When it was revoked; null while it is not';
COMMENT ON COLUMN registry.keys.compromised_since IS 'Since when its signatures count for nothing';
COMMENT ON COLUMN registry.keys.reason IS 'Why it was revoked';
COMMENT ON COLUMN registry.keys.replaced_by IS 'The key that its owner signs with instead';
COMMENT ON COLUMN registry.keys.version IS 'Version of the registry at which the row became as it is';
COMMENT ON COLUMN registry.keys.created_at IS 'When it was added';
COMMENT ON COLUMN registry.keys.created_by IS 'Which caller added it';
COMMENT ON COLUMN registry.keys.updated_at IS 'When its row changed last';
COMMENT ON COLUMN registry.keys.updated_by IS 'Which caller changed it last';

CREATE TABLE IF NOT EXISTS registry.key_changes (
    tenant_id         text        NOT NULL,
    kid               text        NOT NULL,
    version           bigint      NOT NULL,
    action            text        NOT NULL CHECK (action IN ('add', 'replace', 'revoke', 'restore')),
    reason            text,
    compromised_since timestamptz,
    valid_until       timestamptz,
    changed_at        timestamptz NOT NULL DEFAULT now(),
    changed_by        text        NOT NULL,
    PRIMARY KEY (tenant_id, kid, version)
);

COMMENT ON TABLE registry.key_changes IS 'Who did what to which key; rows are added and never changed';
COMMENT ON COLUMN registry.key_changes.tenant_id IS 'Whose key';
COMMENT ON COLUMN registry.key_changes.kid IS 'Which key';
COMMENT ON COLUMN registry.key_changes.version IS 'Version of the registry that the change made';
COMMENT ON COLUMN registry.key_changes.action IS 'add, replace, revoke or restore';
COMMENT ON COLUMN registry.key_changes.reason IS 'Of a revocation, why';
COMMENT ON COLUMN registry.key_changes.compromised_since IS 'Of a revocation, since when signatures count for nothing';
COMMENT ON COLUMN registry.key_changes.valid_until IS 'Until when the key is valid after the change; null for no limit';
COMMENT ON COLUMN registry.key_changes.changed_at IS 'When';
COMMENT ON COLUMN registry.key_changes.changed_by IS 'By which caller';

ALTER TABLE registry.keys ENABLE ROW LEVEL SECURITY;
ALTER TABLE registry.keys FORCE ROW LEVEL SECURITY;
ALTER TABLE registry.key_changes ENABLE ROW LEVEL SECURITY;
ALTER TABLE registry.key_changes FORCE ROW LEVEL SECURITY;
DO $$
DECLARE
    tbl text;
BEGIN
    FOREACH tbl IN ARRAY ARRAY['registry.keys', 'registry.key_changes'] LOOP
        EXECUTE format('DROP POLICY IF EXISTS tenant_rows ON %s', tbl);
        EXECUTE format('DROP POLICY IF EXISTS plane_select ON %s', tbl);
        EXECUTE format('DROP POLICY IF EXISTS plane_insert ON %s', tbl);
        EXECUTE format('DROP POLICY IF EXISTS plane_update ON %s', tbl);
        EXECUTE format('CREATE POLICY tenant_rows ON %s'
            ' USING (tenant_id = NULLIF(current_setting(''app.current_tenant_id'', true), ''''))'
            ' WITH CHECK (tenant_id = NULLIF(current_setting(''app.current_tenant_id'', true), ''''))', tbl);
        EXECUTE format('CREATE POLICY plane_insert ON %s FOR INSERT TO zeroui_product_user'
            ' WITH CHECK (COALESCE(current_setting(''app.plane_scope'', true) = ''plane'', false))', tbl);
    END LOOP;
    CREATE POLICY plane_select ON registry.keys FOR SELECT TO zeroui_product_user
        USING (COALESCE(current_setting('app.plane_scope', true) = 'plane', false));
    CREATE POLICY plane_update ON registry.keys FOR UPDATE TO zeroui_product_user
        USING (COALESCE(current_setting('app.plane_scope', true) = 'plane', false))
        WITH CHECK (COALESCE(current_setting('app.plane_scope', true) = 'plane', false));
END
$$;

GRANT SELECT, INSERT, UPDATE (valid_until, revoked_at, compromised_since, reason, replaced_by, version, updated_at, updated_by)
    ON registry.keys TO zeroui_product_user;
GRANT SELECT, INSERT ON registry.key_changes TO zeroui_product_user;
