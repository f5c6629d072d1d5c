-- The shared plane's tables are computed from the journals below ZU_ROOT/shared; how far, stands here.

CREATE TABLE app.journal_positions (
    area       text   NOT NULL,
    projection text   NOT NULL,
    number     bigint NOT NULL CHECK (number > 0),
    line_hash  text   NOT NULL CHECK (line_hash ~ '^[0-9a-f]{64}$'),
    PRIMARY KEY (area, projection)
);

COMMENT ON TABLE app.journal_positions IS 'Up to which act of its journal each set of tables is computed';
COMMENT ON COLUMN app.journal_positions.area IS 'Area of the journal: its path below the organisation''s folder';
COMMENT ON COLUMN app.journal_positions.projection IS 'Set of tables that follows the journal';
COMMENT ON COLUMN app.journal_positions.number IS 'Number of the last act that the tables have';
COMMENT ON COLUMN app.journal_positions.line_hash IS 'SHA-256 of that act''s line; another one means another journal';

GRANT SELECT, INSERT, UPDATE ON app.journal_positions TO zeroui_shared_user;
