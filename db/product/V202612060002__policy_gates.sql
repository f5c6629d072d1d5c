-- What the gates of released policies look at: per minute in which they were counted, the receipts that name a version. Written in the
-- transaction that counts the receipts, so each is in here once. Minutes that no gate asks for any more are removed.

CREATE TABLE app.policy_counts (
    tenant_id    text        NOT NULL CHECK (tenant_id ~ '^[a-z0-9]([a-z0-9-]{0,98}[a-z0-9])?$'),
    version_name text        NOT NULL CHECK (version_name ~ '^[a-z0-9][a-z0-9.-]{1,128}$'),
    minute       timestamptz NOT NULL CHECK (date_trunc('minute', minute, 'UTC') = minute),
    receipts     bigint      NOT NULL CHECK (receipts > 0),
    overrides    bigint      NOT NULL CHECK (overrides BETWEEN 0 AND receipts),
    blocks       bigint      NOT NULL CHECK (blocks BETWEEN 0 AND receipts),
    degraded     bigint      NOT NULL CHECK (degraded BETWEEN 0 AND receipts),
    created_at   timestamptz NOT NULL DEFAULT now(),
    updated_at   timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, version_name, minute)
);

CREATE INDEX policy_counts_minute ON app.policy_counts (minute);

COMMENT ON TABLE app.policy_counts IS 'Receipts per tenant, version of a policy and minute in which they were counted';
COMMENT ON COLUMN app.policy_counts.tenant_id IS 'Whose receipts';
COMMENT ON COLUMN app.policy_counts.version_name IS 'The version as receipts name it, {policy-id}-{version}; there need not be such a version';
COMMENT ON COLUMN app.policy_counts.minute IS 'When they were counted, cut to the minute; not when they were written';
COMMENT ON COLUMN app.policy_counts.receipts IS 'Decisions that name the version';
COMMENT ON COLUMN app.policy_counts.overrides IS 'Those that somebody overrode';
COMMENT ON COLUMN app.policy_counts.blocks IS 'Those with a soft or a hard block';
COMMENT ON COLUMN app.policy_counts.degraded IS 'Those that were made in degraded mode';
COMMENT ON COLUMN app.policy_counts.created_at IS 'When the first of them was counted';
COMMENT ON COLUMN app.policy_counts.updated_at IS 'When the last of them was counted';

ALTER TABLE app.policy_counts ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.policy_counts FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_rows ON app.policy_counts
    USING (tenant_id = NULLIF(current_setting('app.current_tenant_id', true), ''))
    WITH CHECK (tenant_id = NULLIF(current_setting('app.current_tenant_id', true), ''));
CREATE POLICY plane_select ON app.policy_counts FOR SELECT TO zeroui_product_user
    USING (COALESCE(current_setting('app.plane_scope', true) = 'plane', false));

GRANT SELECT, INSERT, UPDATE (receipts, overrides, blocks, degraded, updated_at), DELETE ON app.policy_counts TO zeroui_product_user;

ALTER TABLE app.policy_history DROP CONSTRAINT policy_history_act_check;
ALTER TABLE app.policy_history ADD CONSTRAINT policy_history_act_check
    CHECK (act IN ('drafted', 'submitted', 'approved', 'rejected', 'released', 'promoted', 'halted', 'killed', 'restored', 'revoked'));
