-- The read index of the evidence ledger: one row per ledger line, computed from the journal and the evidence files.

DO
$$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_namespace WHERE nspname = 'app') THEN
        CREATE SCHEMA app;
    END IF;
END
$$;
GRANT USAGE ON SCHEMA app TO zeroui_tenant_user;

CREATE TABLE app.receipts_index (
    tenant_id        text        NOT NULL,
    receipt_id       text        NOT NULL,
    ledger_sequence  bigint      NOT NULL CHECK (ledger_sequence > 0),
    kind             text        NOT NULL CHECK (kind IN ('decision', 'feedback')),
    repo_id          text        NOT NULL,
    gate_id          text,
    status           text        CHECK (status IN ('pass', 'warn', 'soft_block', 'hard_block')),
    evaluation_point text        NOT NULL,
    severity         text,
    plane            text        NOT NULL,
    environment      text        NOT NULL,
    emitter_service  text        NOT NULL,
    degraded         boolean     NOT NULL,
    timestamp_utc    timestamptz NOT NULL,
    received_at      timestamptz NOT NULL,
    kid              text        NOT NULL,
    hash             bytea       NOT NULL CHECK (octet_length(hash) = 32),
    chain_id         text        NOT NULL,
    chain_position   bigint      NOT NULL CHECK (chain_position > 0),
    prev_hash        bytea       NOT NULL CHECK (octet_length(prev_hash) = 32),
    chain_hash       bytea       NOT NULL CHECK (octet_length(chain_hash) = 32),
    file             text        NOT NULL,
    file_offset      bigint      NOT NULL CHECK (file_offset >= 0),
    line_length      integer     NOT NULL CHECK (line_length > 0),
    signature_status text        NOT NULL
        CHECK (signature_status IN ('verified', 'failed', 'not_present', 'kid_revoked', 'kid_unknown')),
    edge_id          text,
    created_at       timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, receipt_id),
    CONSTRAINT receipts_index_ledger_sequence UNIQUE (tenant_id, ledger_sequence),
    CONSTRAINT receipts_index_chain UNIQUE (tenant_id, chain_id, chain_position)
);

CREATE INDEX receipts_index_timestamp ON app.receipts_index (tenant_id, timestamp_utc);
CREATE INDEX receipts_index_receipt_id ON app.receipts_index (receipt_id);

COMMENT ON TABLE app.receipts_index IS
    'Where each receipt of the evidence ledger lies in ZU_ROOT, with what it can be found by. Append-only; the files are the truth and this table can be rebuilt from them.';
COMMENT ON COLUMN app.receipts_index.tenant_id IS 'Whose receipt it is: the enrolment of the edge that sent it';
COMMENT ON COLUMN app.receipts_index.receipt_id IS 'receipt_id of a decision receipt, feedback_id of a feedback receipt';
COMMENT ON COLUMN app.receipts_index.ledger_sequence IS 'Position in the tenant''s ledger (its journal), from 1';
COMMENT ON COLUMN app.receipts_index.kind IS 'decision or feedback';
COMMENT ON COLUMN app.receipts_index.repo_id IS 'actor.repo_id of the receipt';
COMMENT ON COLUMN app.receipts_index.gate_id IS 'The check that decided; null for feedback';
COMMENT ON COLUMN app.receipts_index.status IS 'decision.status; null for feedback';
COMMENT ON COLUMN app.receipts_index.evaluation_point IS 'pre-commit, pre-merge, pre-deploy, post-deploy, or unknown for old receipts';
COMMENT ON COLUMN app.receipts_index.severity IS 'severity, where the receipt has one';
COMMENT ON COLUMN app.receipts_index.plane IS 'plane of the receipt; ide where it names none';
COMMENT ON COLUMN app.receipts_index.environment IS 'environment of the receipt; default where it names none';
COMMENT ON COLUMN app.receipts_index.emitter_service IS 'emitter_service of the receipt; unknown where it names none';
COMMENT ON COLUMN app.receipts_index.degraded IS 'Whether the decision was made in degraded mode';
COMMENT ON COLUMN app.receipts_index.timestamp_utc IS 'When the emitter says it was decided';
COMMENT ON COLUMN app.receipts_index.received_at IS 'When the ledger wrote its line';
COMMENT ON COLUMN app.receipts_index.kid IS 'Id of the key in the signature';
COMMENT ON COLUMN app.receipts_index.hash IS 'SHA-256 of the stored line without its line feed';
COMMENT ON COLUMN app.receipts_index.chain_id IS '{tenant_id}:{plane}:{environment}:{emitter_service}';
COMMENT ON COLUMN app.receipts_index.chain_position IS 'Position in the chain, from 1';
COMMENT ON COLUMN app.receipts_index.prev_hash IS 'hash of the predecessor in the chain; 32 zero bytes at position 1';
COMMENT ON COLUMN app.receipts_index.chain_hash IS 'SHA-256(0x01, chain_hash of the predecessor or 32 zero bytes, hash)';
COMMENT ON COLUMN app.receipts_index.file IS 'Evidence file, relative to ZU_ROOT';
COMMENT ON COLUMN app.receipts_index.file_offset IS 'First byte of the line in the file';
COMMENT ON COLUMN app.receipts_index.line_length IS 'Bytes of the line without its line feed';
COMMENT ON COLUMN app.receipts_index.signature_status IS 'Outcome of the last signature check; the only column that may change';
COMMENT ON COLUMN app.receipts_index.edge_id IS 'The edge that delivered it; null where a crash lost that';
COMMENT ON COLUMN app.receipts_index.created_at IS 'When this row was written; differs after a rebuild';

CREATE FUNCTION app.keep_ledger_row() RETURNS trigger
    LANGUAGE plpgsql
AS
$$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF to_jsonb(NEW) - 'signature_status' = to_jsonb(OLD) - 'signature_status' THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'insufficient_privilege';
END
$$;

COMMENT ON FUNCTION app.keep_ledger_row() IS
    'Refuses DELETE, and UPDATE of any column but signature_status, whoever asks';

CREATE TRIGGER receipts_index_append_only
    BEFORE UPDATE OR DELETE ON app.receipts_index
    FOR EACH ROW EXECUTE FUNCTION app.keep_ledger_row();

GRANT SELECT, INSERT, UPDATE (signature_status) ON app.receipts_index TO zeroui_tenant_user;
