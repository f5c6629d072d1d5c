-- What is left of days that a tenant does not keep any longer: the last link of each of its chains. Rows up to there may go.

CREATE TABLE app.dropped_links (
    tenant_id      text        NOT NULL,
    chain_id       text        NOT NULL,
    chain_position bigint      NOT NULL CHECK (chain_position > 0),
    chain_hash     bytea       NOT NULL CHECK (octet_length(chain_hash) = 32),
    dropped_to     bigint      NOT NULL CHECK (dropped_to > 0),
    created_at     timestamptz NOT NULL DEFAULT now(),
    updated_at     timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, chain_id)
);

COMMENT ON TABLE app.dropped_links IS
    'Where each chain goes on behind the days that were dropped; computed from the base in the ledger''s files';
COMMENT ON COLUMN app.dropped_links.tenant_id IS 'Whose ledger';
COMMENT ON COLUMN app.dropped_links.chain_id IS 'The chain';
COMMENT ON COLUMN app.dropped_links.chain_position IS 'Position of its last dropped link';
COMMENT ON COLUMN app.dropped_links.chain_hash IS 'chain_hash of that link';
COMMENT ON COLUMN app.dropped_links.dropped_to IS 'The tenant''s ledger is dropped up to this sequence';
COMMENT ON COLUMN app.dropped_links.created_at IS 'When this row was written; differs after a rebuild';
COMMENT ON COLUMN app.dropped_links.updated_at IS 'When it changed last; differs after a rebuild';

ALTER TABLE app.dropped_links ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.dropped_links FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_rows ON app.dropped_links
    USING (tenant_id = NULLIF(current_setting('app.current_tenant_id', true), ''))
    WITH CHECK (tenant_id = NULLIF(current_setting('app.current_tenant_id', true), ''));
CREATE POLICY plane_select ON app.dropped_links FOR SELECT TO zeroui_tenant_user
    USING (COALESCE(current_setting('app.plane_scope', true) = 'plane', false));

GRANT SELECT, INSERT, UPDATE (chain_position, chain_hash, dropped_to, updated_at) ON app.dropped_links TO zeroui_tenant_user;

CREATE OR REPLACE FUNCTION app.home_tables() RETURNS text[]
    LANGUAGE sql IMMUTABLE AS $$
    SELECT ARRAY['receipts_index', 'chain_heads', 'ledger_watermarks', 'outbox', 'ledger_acts', 'erased_receipts', 'key_evaluations',
                 'courier_batches', 'receipt_words', 'dropped_links']
$$;

SELECT app.add_home_table('app.dropped_links');

SELECT app.alter_homes($$
    ALTER TABLE {home}.ledger_acts
        DROP CONSTRAINT ledger_acts_act_check,
        ADD CONSTRAINT ledger_acts_act_check
            CHECK (act IN ('erasure', 'hold_placed', 'hold_released', 'retention_set', 'days_dropped'))
$$);

-- As before; rows that are dropped may go too, and their hash from the row behind them.
CREATE OR REPLACE FUNCTION app.keep_ledger_row() RETURNS trigger
    LANGUAGE plpgsql
AS
$$
DECLARE
    allowed boolean := false;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF to_jsonb(NEW) - ARRAY['signature_status', 'signature_reason', 'signature_checked_at']
           = to_jsonb(OLD) - ARRAY['signature_status', 'signature_reason', 'signature_checked_at'] THEN
            RETURN NEW;
        END IF;
        IF to_jsonb(NEW) - 'prev_hash' = to_jsonb(OLD) - 'prev_hash' AND NEW.prev_hash = decode(repeat('00', 32), 'hex') THEN
            EXECUTE format('SELECT EXISTS (SELECT FROM %1$I.erased_receipts WHERE tenant_id = $1 AND chain_id = $2 AND chain_position = $3)
                                OR EXISTS (SELECT FROM %1$I.dropped_links WHERE tenant_id = $1 AND chain_id = $2 AND chain_position = $3)',
                           TG_TABLE_SCHEMA)
                INTO allowed USING OLD.tenant_id, OLD.chain_id, OLD.chain_position - 1;
        END IF;
        IF allowed THEN
            RETURN NEW;
        END IF;
    ELSE
        IF TG_TABLE_SCHEMA = 'app' AND EXISTS (SELECT FROM app.tenant_homes AS h WHERE h.tenant_id = OLD.tenant_id) THEN
            RETURN OLD;
        END IF;
        EXECUTE format('SELECT EXISTS (SELECT FROM %1$I.erased_receipts WHERE tenant_id = $1 AND receipt_id = $2 AND ledger_sequence = $3)
                            OR EXISTS (SELECT FROM %1$I.dropped_links WHERE tenant_id = $1 AND chain_id = $4 AND chain_position >= $5)',
                       TG_TABLE_SCHEMA)
            INTO allowed USING OLD.tenant_id, OLD.receipt_id, OLD.ledger_sequence, OLD.chain_id, OLD.chain_position;
        IF allowed THEN
            RETURN OLD;
        END IF;
    END IF;
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'insufficient_privilege';
END
$$;

COMMENT ON FUNCTION app.keep_ledger_row() IS
    'Refuses UPDATE but of signature_status, its reason and its time, and of prev_hash to zeros behind an erased or dropped receipt; refuses DELETE of rows of a tenant that lives in these tables, but of erased and dropped receipts; whoever asks';

CREATE OR REPLACE FUNCTION app.keep_word() RETURNS trigger
    LANGUAGE plpgsql
AS
$$
DECLARE
    allowed boolean := false;
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF TG_TABLE_SCHEMA = 'app' AND EXISTS (SELECT FROM app.tenant_homes AS h WHERE h.tenant_id = OLD.tenant_id) THEN
            RETURN OLD;
        END IF;
        EXECUTE format('SELECT EXISTS (SELECT FROM %1$I.erased_receipts WHERE tenant_id = $1 AND ledger_sequence = $2)
                            OR EXISTS (SELECT FROM %1$I.dropped_links WHERE tenant_id = $1 AND dropped_to >= $2)', TG_TABLE_SCHEMA)
            INTO allowed USING OLD.tenant_id, OLD.ledger_sequence;
        IF allowed THEN
            RETURN OLD;
        END IF;
    END IF;
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'insufficient_privilege';
END
$$;

COMMENT ON FUNCTION app.keep_word() IS
    'Refuses UPDATE, and DELETE of words of a tenant that lives in these tables, but of erased and dropped receipts; whoever asks';

CREATE FUNCTION app.drop_receipts(for_tenant text, most integer) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS
$$
DECLARE
    home text := CASE WHEN EXISTS (SELECT FROM app.tenant_homes AS h WHERE h.tenant_id = for_tenant AND h.tier = 'schema')
                      THEN app.home_schema(for_tenant) ELSE 'app' END;
    dropped_to bigint;
    sequences bigint[];
BEGIN
    PERFORM app.require_tenant(for_tenant);
    EXECUTE format('SELECT max(l.dropped_to) FROM %I.dropped_links AS l WHERE l.tenant_id = $1', home)
        INTO dropped_to USING for_tenant;
    EXECUTE format('SELECT array_agg(next_rows.ledger_sequence)
                      FROM (SELECT r.ledger_sequence FROM %I.receipts_index AS r
                             WHERE r.tenant_id = $1 AND r.ledger_sequence <= $2
                             ORDER BY r.ledger_sequence LIMIT $3) AS next_rows', home)
        INTO sequences USING for_tenant, dropped_to, most;
    IF sequences IS NULL THEN
        EXECUTE format('UPDATE %1$I.receipts_index AS r SET prev_hash = decode(repeat(''00'', 32), ''hex'')
                        FROM %1$I.dropped_links AS l
                        WHERE l.tenant_id = $1 AND r.tenant_id = $1 AND r.chain_id = l.chain_id
                          AND r.chain_position = l.chain_position + 1 AND r.prev_hash <> decode(repeat(''00'', 32), ''hex'')', home)
            USING for_tenant;
        RETURN 0;
    END IF;
    EXECUTE format('DELETE FROM %I.receipt_words AS w WHERE w.tenant_id = $1 AND w.ledger_sequence = ANY ($2)', home)
        USING for_tenant, sequences;
    EXECUTE format('DELETE FROM %I.receipts_index AS r WHERE r.tenant_id = $1 AND r.ledger_sequence = ANY ($2)', home)
        USING for_tenant, sequences;
    RETURN cardinality(sequences);
END
$$;

COMMENT ON FUNCTION app.drop_receipts(text, integer) IS
    'Deletes the next rows and words, at most so many rows, that app.dropped_links lets go, in a transaction for that tenant; returns how many rows, 0 when none are left, and then the last hash of them is forgotten too';

REVOKE ALL ON FUNCTION app.drop_receipts(text, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.drop_receipts(text, integer) TO zeroui_tenant_user;
