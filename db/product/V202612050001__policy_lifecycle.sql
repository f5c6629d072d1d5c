-- The index of tenants' policies. Computed from product/{region}/policy/registry/releases/{tenant}/history.jsonl: when these tables
-- and app.policy_bundles are emptied together, they are written again from there.

CREATE TABLE app.policy_versions (
    tenant_id     text        NOT NULL CHECK (tenant_id ~ '^[a-z0-9]([a-z0-9-]{0,98}[a-z0-9])?$'),
    policy_id     text        NOT NULL CHECK (policy_id ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
    version       text        NOT NULL CHECK (version ~ '^[a-z0-9][a-z0-9.-]*$'),
    state         text        NOT NULL
        CHECK (state IN ('draft', 'in_review', 'approved', 'rejected', 'released', 'superseded', 'revoked')),
    type          text        NOT NULL,
    scope         text        NOT NULL,
    enforcement   text        NOT NULL CHECK (enforcement IN ('observe', 'warn', 'soft_block', 'hard_block')),
    snapshot_hash text        NOT NULL CHECK (snapshot_hash ~ '^sha256:[0-9a-f]{64}$'),
    snapshot_path text        NOT NULL CHECK (snapshot_path !~ '(^/|(^|/)\.\.(/|$))'),
    author        text        NOT NULL,
    approver      text        CHECK (approver <> author),
    drafted_at    timestamptz NOT NULL,
    terms         jsonb       CHECK ((terms IS NOT NULL) = (state = 'released')),
    last_act      bigint      NOT NULL CHECK (last_act >= 1),
    created_at    timestamptz NOT NULL DEFAULT now(),
    updated_at    timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, policy_id, version)
);

COMMENT ON TABLE app.policy_versions IS 'Each version of each policy of each tenant as it stands';
COMMENT ON COLUMN app.policy_versions.tenant_id IS 'Whose policy';
COMMENT ON COLUMN app.policy_versions.policy_id IS 'Which policy';
COMMENT ON COLUMN app.policy_versions.version IS 'Which version of it';
COMMENT ON COLUMN app.policy_versions.state IS 'Where it stands';
COMMENT ON COLUMN app.policy_versions.type IS 'What kind of policy it is';
COMMENT ON COLUMN app.policy_versions.scope IS 'What it is about';
COMMENT ON COLUMN app.policy_versions.enforcement IS 'The worst that a gate decides by it';
COMMENT ON COLUMN app.policy_versions.snapshot_hash IS 'sha256:{64 hex} of its content in canonical form';
COMMENT ON COLUMN app.policy_versions.snapshot_path IS 'Its snapshot''s file, relative to ZU_ROOT';
COMMENT ON COLUMN app.policy_versions.author IS 'Who wrote it';
COMMENT ON COLUMN app.policy_versions.approver IS 'Who approved it; somebody else';
COMMENT ON COLUMN app.policy_versions.drafted_at IS 'When it was written';
COMMENT ON COLUMN app.policy_versions.terms IS 'On what terms edges have it: order, rollout, fail_mode, killed_until; only while it is released';
COMMENT ON COLUMN app.policy_versions.last_act IS 'Number of the last act that changed it';
COMMENT ON COLUMN app.policy_versions.created_at IS 'When it was indexed first';
COMMENT ON COLUMN app.policy_versions.updated_at IS 'When its row changed last';

CREATE TABLE app.policy_history (
    tenant_id  text        NOT NULL,
    number     bigint      NOT NULL CHECK (number >= 1),
    policy_id  text        NOT NULL,
    version    text        NOT NULL,
    act        text        NOT NULL
        CHECK (act IN ('drafted', 'submitted', 'approved', 'rejected', 'released', 'promoted', 'halted', 'killed', 'revoked')),
    done_by    text        NOT NULL,
    done_at    timestamptz NOT NULL,
    reason     text        NOT NULL,
    statement  text        NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, number)
);

CREATE INDEX policy_history_version ON app.policy_history (tenant_id, policy_id, version, number);

COMMENT ON TABLE app.policy_history IS 'Every act on a policy: who did what, when and why';
COMMENT ON COLUMN app.policy_history.tenant_id IS 'Whose policy';
COMMENT ON COLUMN app.policy_history.number IS 'Number of the act in the tenant''s history, from 1';
COMMENT ON COLUMN app.policy_history.policy_id IS 'Which policy';
COMMENT ON COLUMN app.policy_history.version IS 'Which version of it';
COMMENT ON COLUMN app.policy_history.act IS 'What was done';
COMMENT ON COLUMN app.policy_history.done_by IS 'Which caller did it';
COMMENT ON COLUMN app.policy_history.done_at IS 'When';
COMMENT ON COLUMN app.policy_history.reason IS 'Why; empty where nothing was said';
COMMENT ON COLUMN app.policy_history.statement IS 'The line of the history';
COMMENT ON COLUMN app.policy_history.created_at IS 'When it was indexed';

CREATE TABLE app.policy_watermarks (
    tenant_id  text        NOT NULL PRIMARY KEY,
    number     bigint      NOT NULL CHECK (number >= 0),
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);

COMMENT ON TABLE app.policy_watermarks IS
    'How far each tenant''s history is indexed; moves in the transaction of the rows. An empty table means that everything is read again from the files.';
COMMENT ON COLUMN app.policy_watermarks.tenant_id IS 'Whose history';
COMMENT ON COLUMN app.policy_watermarks.number IS 'Number of the last act that is indexed';
COMMENT ON COLUMN app.policy_watermarks.created_at IS 'When indexing of this tenant began in this database';
COMMENT ON COLUMN app.policy_watermarks.updated_at IS 'When it moved last';

DO $$
DECLARE
    tbl text;
BEGIN
    FOREACH tbl IN ARRAY ARRAY['app.policy_versions', 'app.policy_history', 'app.policy_watermarks'] LOOP
        EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', tbl);
        EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', tbl);
        EXECUTE format('CREATE POLICY tenant_rows ON %s'
            ' USING (tenant_id = NULLIF(current_setting(''app.current_tenant_id'', true), ''''))'
            ' WITH CHECK (tenant_id = NULLIF(current_setting(''app.current_tenant_id'', true), ''''))', tbl);
        EXECUTE format('CREATE POLICY plane_select ON %s FOR SELECT TO zeroui_product_user'
            ' USING (COALESCE(current_setting(''app.plane_scope'', true) = ''plane'', false))', tbl);
    END LOOP;
END
$$;

GRANT SELECT, INSERT, UPDATE (state, approver, terms, last_act, updated_at) ON app.policy_versions TO zeroui_product_user;
GRANT SELECT, INSERT ON app.policy_history TO zeroui_product_user;
GRANT SELECT, INSERT, UPDATE (number, updated_at) ON app.policy_watermarks TO zeroui_product_user;
