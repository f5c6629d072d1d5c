-- How far each tenant's journal is in the index.

CREATE TABLE app.ledger_watermarks (
    tenant_id       text        NOT NULL PRIMARY KEY,
    journal_file    text        NOT NULL,
    journal_offset  bigint      NOT NULL CHECK (journal_offset >= 0),
    ledger_sequence bigint      NOT NULL CHECK (ledger_sequence >= 0),
    created_at      timestamptz NOT NULL DEFAULT now(),
    updated_at      timestamptz NOT NULL DEFAULT now()
);

COMMENT ON TABLE app.ledger_watermarks IS
    'How far each tenant''s ledger journal is indexed; moves in the transaction of the rows. An empty table means that everything is read again from the files.';
COMMENT ON COLUMN app.ledger_watermarks.tenant_id IS 'Tenant of the ledger';
COMMENT ON COLUMN app.ledger_watermarks.journal_file IS 'Journal file read last, relative to ZU_ROOT';
COMMENT ON COLUMN app.ledger_watermarks.journal_offset IS 'First byte of that file that is not indexed';
COMMENT ON COLUMN app.ledger_watermarks.ledger_sequence IS 'Last sequence that is indexed';
COMMENT ON COLUMN app.ledger_watermarks.created_at IS 'When indexing of this tenant began in this database';
COMMENT ON COLUMN app.ledger_watermarks.updated_at IS 'When it moved last';

GRANT SELECT, INSERT, UPDATE ON app.ledger_watermarks TO zeroui_tenant_user;
