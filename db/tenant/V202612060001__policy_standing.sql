-- Whether a receipt's edge can have had the policies that it names, and by how much of the tenant's history of releases that is judged.

SELECT app.alter_homes($$
    ALTER TABLE {home}.receipts_index
        ADD COLUMN snapshot_hash bytea CHECK (octet_length(snapshot_hash) = 32),
        ADD COLUMN policy_standing text CHECK (policy_standing IN ('none', 'consistent', 'unjudged', 'superseded', 'revoked',
            'not_for_edge', 'before_release', 'wrong_snapshot', 'unknown_policy'))
$$);

SELECT app.alter_homes($$ COMMENT ON COLUMN {home}.receipts_index.snapshot_hash IS
    'The policy snapshot that the receipt names; null where it names none, and in rows indexed before this column' $$);
SELECT app.alter_homes($$ COMMENT ON COLUMN {home}.receipts_index.policy_standing IS
    'How the policies that the receipt names stand to what was released to its tenant; changes with the history of releases. Null in rows indexed before this column' $$);
SELECT app.alter_homes($$
    GRANT UPDATE (policy_standing) ON {home}.receipts_index TO zeroui_tenant_user
$$);

-- Nearly empty, and costs a row that is not flagged nothing.
SELECT app.alter_homes($$
    CREATE INDEX receipts_index_claims ON {home}.receipts_index (tenant_id, policy_standing, timestamp_utc, ledger_sequence)
        WHERE policy_standing <> 'none' AND policy_standing <> 'consistent' AND policy_standing <> 'unjudged'
$$);

SELECT app.alter_homes($$
    ALTER TABLE {home}.ledger_watermarks
        ADD COLUMN policy_lines bigint NOT NULL DEFAULT 0 CHECK (policy_lines >= 0)
$$);
SELECT app.alter_homes($$ COMMENT ON COLUMN {home}.ledger_watermarks.policy_lines IS
    'By so many lines of the tenant''s history of releases the standing of all its rows is judged at least' $$);

-- As before, with the standing.
CREATE OR REPLACE FUNCTION app.keep_ledger_row() RETURNS trigger
    LANGUAGE plpgsql
AS
$$
DECLARE
    allowed boolean := false;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF to_jsonb(NEW) - ARRAY['signature_status', 'signature_reason', 'signature_checked_at', 'policy_standing']
           = to_jsonb(OLD) - ARRAY['signature_status', 'signature_reason', 'signature_checked_at', 'policy_standing'] THEN
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
    'Refuses UPDATE but of signature_status, its reason and its time, of policy_standing, and of prev_hash to zeros behind an erased or dropped receipt; refuses DELETE of rows of a tenant that lives in these tables, but of erased and dropped receipts; whoever asks';
