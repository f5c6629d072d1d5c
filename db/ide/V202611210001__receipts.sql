-- The IDE plane's index of its receipt files, the outbox and the marks that say how far each file is indexed.
-- Everything but the epoch can be computed anew from the files below ZU_ROOT/ide/receipts.
CREATE SCHEMA IF NOT EXISTS core;

CREATE TABLE core.receipts_index (
    receipt_id       text COLLATE "C" PRIMARY KEY,
    kind             text        NOT NULL CHECK (kind IN ('decision', 'feedback')),
    tenant_id        text        NOT NULL,
    repo_id          text        NOT NULL,
    gate_id          text,
    status           text,
    evaluation_point text        NOT NULL,
    severity         text,
    timestamp_utc    timestamptz NOT NULL,
    kid              text        NOT NULL,
    hash             bytea       NOT NULL CHECK (octet_length(hash) = 32),
    file             text COLLATE "C" NOT NULL,
    file_offset      bigint      NOT NULL CHECK (file_offset >= 0),
    line_length      integer     NOT NULL CHECK (line_length > 0),
    indexed_at       timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX receipts_index_newest ON core.receipts_index (timestamp_utc DESC, receipt_id);
CREATE INDEX receipts_index_newest_of_repo ON core.receipts_index (repo_id, timestamp_utc DESC, receipt_id);

COMMENT ON TABLE core.receipts_index IS 'One row per receipt of this edge: where its line is and what it is searched by; computed from the receipt files';
COMMENT ON COLUMN core.receipts_index.receipt_id IS 'Id of the receipt, unique for ever';
COMMENT ON COLUMN core.receipts_index.kind IS 'decision or feedback';
COMMENT ON COLUMN core.receipts_index.tenant_id IS 'Whose receipt it is: from the edge''s enrolment or from the receipt itself';
COMMENT ON COLUMN core.receipts_index.repo_id IS 'Repository of the receipt''s actor';
COMMENT ON COLUMN core.receipts_index.gate_id IS 'Gate of a decision; null for feedback';
COMMENT ON COLUMN core.receipts_index.status IS 'Status of a decision; null for feedback';
COMMENT ON COLUMN core.receipts_index.evaluation_point IS 'Evaluation point of a decision, unknown where it names none';
COMMENT ON COLUMN core.receipts_index.severity IS 'Severity, where the receipt names one';
COMMENT ON COLUMN core.receipts_index.timestamp_utc IS 'The receipt''s own time';
COMMENT ON COLUMN core.receipts_index.kid IS 'Id of the key that signed it';
COMMENT ON COLUMN core.receipts_index.hash IS 'SHA-256 of the line without its line feed';
COMMENT ON COLUMN core.receipts_index.file IS 'File of the line, relative to ZU_ROOT';
COMMENT ON COLUMN core.receipts_index.file_offset IS 'Where in the file the line begins, in bytes; of several equal lines the first by file and offset';
COMMENT ON COLUMN core.receipts_index.line_length IS 'Length of the line without its line feed, in bytes';
COMMENT ON COLUMN core.receipts_index.indexed_at IS 'When the row was made; not part of the digest';

CREATE TABLE core.outbox (
    sequence      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    receipt_id    text COLLATE "C" NOT NULL,
    tenant_id     text        NOT NULL,
    repo_id       text        NOT NULL,
    kid           text        NOT NULL,
    hash          bytea       NOT NULL CHECK (octet_length(hash) = 32),
    file          text COLLATE "C" NOT NULL,
    file_offset   bigint      NOT NULL,
    line_length   integer     NOT NULL,
    parked_reason text,
    created_at    timestamptz NOT NULL DEFAULT now()
) WITH (autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_insert_scale_factor = 0.05);

COMMENT ON TABLE core.outbox IS 'Receipts that the tenant plane has not acknowledged yet; references only, the line is read from its file';
COMMENT ON COLUMN core.outbox.sequence IS 'Order of sending; unique within one epoch';
COMMENT ON COLUMN core.outbox.receipt_id IS 'Id of the receipt';
COMMENT ON COLUMN core.outbox.tenant_id IS 'Whose receipt it is';
COMMENT ON COLUMN core.outbox.repo_id IS 'Repository of the receipt''s actor';
COMMENT ON COLUMN core.outbox.kid IS 'Id of the key that signed it';
COMMENT ON COLUMN core.outbox.hash IS 'SHA-256 that the bytes in the file must have';
COMMENT ON COLUMN core.outbox.file IS 'File of the line, relative to ZU_ROOT';
COMMENT ON COLUMN core.outbox.file_offset IS 'Where in the file the line begins, in bytes';
COMMENT ON COLUMN core.outbox.line_length IS 'Length of the line without its line feed, in bytes';
COMMENT ON COLUMN core.outbox.parked_reason IS 'Why the row is not sent: its bytes are not in the file any more; tried again at every start';
COMMENT ON COLUMN core.outbox.created_at IS 'When the receipt was indexed';

CREATE TABLE core.file_watermarks (
    file       text COLLATE "C" PRIMARY KEY,
    indexed_to bigint      NOT NULL CHECK (indexed_to >= 0),
    updated_at timestamptz NOT NULL DEFAULT now()
) WITH (fillfactor = 50);

COMMENT ON TABLE core.file_watermarks IS 'How far each receipt file is indexed; moves in the same transaction as the rows';
COMMENT ON COLUMN core.file_watermarks.file IS 'The file, relative to ZU_ROOT';
COMMENT ON COLUMN core.file_watermarks.indexed_to IS 'Every line that ends at or before this offset is in the index or in quarantine';
COMMENT ON COLUMN core.file_watermarks.updated_at IS 'When the mark moved last';

CREATE TABLE core.edge_epoch (
    single     boolean PRIMARY KEY DEFAULT true CHECK (single),
    epoch      uuid        NOT NULL DEFAULT gen_random_uuid(),
    created_at timestamptz NOT NULL DEFAULT now()
);
INSERT INTO core.edge_epoch DEFAULT VALUES;

COMMENT ON TABLE core.edge_epoch IS 'Identity of this outbox: a database that was made anew has another one';
COMMENT ON COLUMN core.edge_epoch.single IS 'Always true: the table has one row';
COMMENT ON COLUMN core.edge_epoch.epoch IS 'Acknowledgements that name another epoch are not for these sequences';
COMMENT ON COLUMN core.edge_epoch.created_at IS 'When the database was made';

-- The serving login never deletes a receipt's row; of an index row it may only move the position to an equal line.
GRANT USAGE ON SCHEMA core TO zeroui_ide_user;
GRANT SELECT, INSERT, UPDATE (file, file_offset) ON core.receipts_index TO zeroui_ide_user;
GRANT SELECT, INSERT, DELETE, UPDATE (parked_reason) ON core.outbox TO zeroui_ide_user;
GRANT SELECT, INSERT, UPDATE ON core.file_watermarks TO zeroui_ide_user;
GRANT SELECT ON core.edge_epoch TO zeroui_ide_user;
