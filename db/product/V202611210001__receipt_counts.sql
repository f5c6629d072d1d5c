-- Counts of the tenants' evidence, and which ledger entries they already contain.

CREATE SCHEMA IF NOT EXISTS app;
GRANT USAGE ON SCHEMA app TO zeroui_product_user;

CREATE TABLE app.evidence_applied (
    tenant_id  text           NOT NULL PRIMARY KEY CHECK (tenant_id <> ''),
    applied    int8multirange NOT NULL DEFAULT '{}',
    created_at timestamptz    NOT NULL DEFAULT now(),
    updated_at timestamptz    NOT NULL DEFAULT now()
);

COMMENT ON TABLE app.evidence_applied IS
    'Which entries of each tenant''s ledger are in app.receipt_counts; changes in the transaction of the counts, so an event that comes twice counts once';
COMMENT ON COLUMN app.evidence_applied.tenant_id IS 'Tenant of the ledger';
COMMENT ON COLUMN app.evidence_applied.applied IS
    'Ledger sequences that are counted. Sequences have no gaps, so this is one range once everything has arrived';
COMMENT ON COLUMN app.evidence_applied.created_at IS 'When the tenant''s first evidence arrived';
COMMENT ON COLUMN app.evidence_applied.updated_at IS 'When new evidence arrived last';

CREATE TABLE app.receipt_counts (
    tenant_id   text        NOT NULL CHECK (tenant_id <> ''),
    day         date        NOT NULL,
    kind        text        NOT NULL CHECK (kind IN ('decision', 'feedback')),
    gate_id     text        NOT NULL,
    status      text        NOT NULL CHECK (status IN ('pass', 'warn', 'soft_block', 'hard_block', 'unknown')),
    environment text        NOT NULL,
    count       bigint      NOT NULL CHECK (count > 0),
    created_at  timestamptz NOT NULL DEFAULT now(),
    updated_at  timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, day, kind, gate_id, status, environment)
);

COMMENT ON TABLE app.receipt_counts IS
    'How many receipts of a tenant''s ledger fall on a day, per kind, gate, status and environment';
COMMENT ON COLUMN app.receipt_counts.tenant_id IS 'Whose receipts';
COMMENT ON COLUMN app.receipt_counts.day IS 'UTC date of the receipts'' own time';
COMMENT ON COLUMN app.receipt_counts.kind IS 'decision or feedback';
COMMENT ON COLUMN app.receipt_counts.gate_id IS 'The check that decided; empty for feedback, which has no gate';
COMMENT ON COLUMN app.receipt_counts.status IS 'Status of the decision; unknown for feedback and for a status this version does not know';
COMMENT ON COLUMN app.receipt_counts.environment IS 'Environment of the receipts; default where they name none';
COMMENT ON COLUMN app.receipt_counts.count IS 'Number of receipts';
COMMENT ON COLUMN app.receipt_counts.created_at IS 'When the first of them was counted';
COMMENT ON COLUMN app.receipt_counts.updated_at IS 'When the last of them was counted';

GRANT SELECT, INSERT, UPDATE ON app.evidence_applied, app.receipt_counts TO zeroui_product_user;
