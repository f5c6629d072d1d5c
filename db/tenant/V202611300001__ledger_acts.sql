-- What is done to a ledger beside adding receipts (erasures, legal holds), and what is left of erased receipts. Both
-- follow the journal like app.receipts_index, in the same transactions, and are built again with it.

CREATE TABLE app.ledger_acts (
    tenant_id       text        NOT NULL,
    ledger_sequence bigint      NOT NULL CHECK (ledger_sequence > 0),
    act             text        NOT NULL
        CHECK (act IN ('erasure', 'hold_placed', 'hold_released')),
    subject         text        NOT NULL,
    done_at         timestamptz NOT NULL,
    done_by         text        NOT NULL,
    reason          text        NOT NULL,
    case_id         text        NOT NULL,
    statement       text        NOT NULL,
    created_at      timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, ledger_sequence)
);

CREATE INDEX ledger_acts_subject ON app.ledger_acts (tenant_id, act, subject);

COMMENT ON TABLE app.ledger_acts IS
    'What was done to each ledger, by whom and why; append-only, computed from the journal';
COMMENT ON COLUMN app.ledger_acts.tenant_id IS 'Tenant of the ledger';
COMMENT ON COLUMN app.ledger_acts.ledger_sequence IS 'The journal line that says so';
COMMENT ON COLUMN app.ledger_acts.act IS 'What was done';
COMMENT ON COLUMN app.ledger_acts.subject IS 'Receipt id of an erasure, id of a hold';
COMMENT ON COLUMN app.ledger_acts.done_at IS 'When, by the ledger''s time';
COMMENT ON COLUMN app.ledger_acts.done_by IS 'The caller: key:… or token:…';
COMMENT ON COLUMN app.ledger_acts.reason IS 'Why, in words';
COMMENT ON COLUMN app.ledger_acts.case_id IS 'The request or case; empty where there is none';
COMMENT ON COLUMN app.ledger_acts.statement IS 'The journal line''s statement, a JSON object';
COMMENT ON COLUMN app.ledger_acts.created_at IS 'When this row was written; differs after a rebuild';

CREATE TABLE app.erased_receipts (
    tenant_id          text        NOT NULL,
    receipt_id         text        NOT NULL,
    ledger_sequence    bigint      NOT NULL CHECK (ledger_sequence > 0),
    received_at        timestamptz NOT NULL,
    chain_id           text        NOT NULL,
    chain_position     bigint      NOT NULL CHECK (chain_position > 0),
    chain_hash         bytea       NOT NULL CHECK (octet_length(chain_hash) = 32),
    tombstone_sequence bigint,
    created_at         timestamptz NOT NULL DEFAULT now(),
    updated_at         timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, receipt_id),
    CONSTRAINT erased_receipts_ledger_sequence UNIQUE (tenant_id, ledger_sequence),
    CONSTRAINT erased_receipts_chain UNIQUE (tenant_id, chain_id, chain_position)
);

CREATE INDEX erased_receipts_receipt_id ON app.erased_receipts (receipt_id);

COMMENT ON TABLE app.erased_receipts IS
    'What is left of erased receipts: that they were there, and the place that they keep in their chain. Nothing of their content';
COMMENT ON COLUMN app.erased_receipts.tenant_id IS 'Whose receipt it was';
COMMENT ON COLUMN app.erased_receipts.receipt_id IS 'Its id, so that it is not taken in again';
COMMENT ON COLUMN app.erased_receipts.ledger_sequence IS 'Its position in the tenant''s ledger';
COMMENT ON COLUMN app.erased_receipts.received_at IS 'When the ledger took it in';
COMMENT ON COLUMN app.erased_receipts.chain_id IS 'The chain in which it keeps its place';
COMMENT ON COLUMN app.erased_receipts.chain_position IS 'Position in the chain, from 1';
COMMENT ON COLUMN app.erased_receipts.chain_hash IS 'SHA-256(0x01, chain_hash of the predecessor or 32 zero bytes, salted commitment)';
COMMENT ON COLUMN app.erased_receipts.tombstone_sequence IS 'The act that erased it; null until the index has reached it';
COMMENT ON COLUMN app.erased_receipts.created_at IS 'When this row was written; differs after a rebuild';
COMMENT ON COLUMN app.erased_receipts.updated_at IS 'When it changed last; differs after a rebuild';

ALTER TABLE app.ledger_acts ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.ledger_acts FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_rows ON app.ledger_acts
    USING (tenant_id = NULLIF(current_setting('app.current_tenant_id', true), ''))
    WITH CHECK (tenant_id = NULLIF(current_setting('app.current_tenant_id', true), ''));
CREATE POLICY plane_select ON app.ledger_acts FOR SELECT TO zeroui_tenant_user
    USING (COALESCE(current_setting('app.plane_scope', true) = 'plane', false));

ALTER TABLE app.erased_receipts ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.erased_receipts FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_rows ON app.erased_receipts
    USING (tenant_id = NULLIF(current_setting('app.current_tenant_id', true), ''))
    WITH CHECK (tenant_id = NULLIF(current_setting('app.current_tenant_id', true), ''));
CREATE POLICY plane_select ON app.erased_receipts FOR SELECT TO zeroui_tenant_user
    USING (COALESCE(current_setting('app.plane_scope', true) = 'plane', false));

GRANT SELECT, INSERT ON app.ledger_acts TO zeroui_tenant_user;
GRANT SELECT, INSERT, UPDATE (tombstone_sequence, updated_at) ON app.erased_receipts TO zeroui_tenant_user;

CREATE FUNCTION app.keep_act() RETURNS trigger
    LANGUAGE plpgsql
AS
$$
BEGIN
    IF TG_OP = 'DELETE' AND TG_TABLE_SCHEMA = 'app'
        AND EXISTS (SELECT FROM app.tenant_homes AS h WHERE h.tenant_id = OLD.tenant_id) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'insufficient_privilege';
END
$$;

COMMENT ON FUNCTION app.keep_act() IS
    'Refuses UPDATE, and DELETE of rows of a tenant that lives in these tables, whoever asks';

CREATE TRIGGER ledger_acts_append_only
    BEFORE UPDATE OR DELETE ON app.ledger_acts
    FOR EACH ROW EXECUTE FUNCTION app.keep_act();

-- Rows go with their tombstone, and the hash of an erased line goes out of the row behind it.
CREATE OR REPLACE FUNCTION app.keep_ledger_row() RETURNS trigger
    LANGUAGE plpgsql
AS
$$
DECLARE
    allowed boolean := false;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF to_jsonb(NEW) - 'signature_status' = to_jsonb(OLD) - 'signature_status' THEN
            RETURN NEW;
        END IF;
        IF to_jsonb(NEW) - 'prev_hash' = to_jsonb(OLD) - 'prev_hash' AND NEW.prev_hash = decode(repeat('00', 32), 'hex') THEN
            EXECUTE format('SELECT EXISTS (SELECT FROM %I.erased_receipts WHERE tenant_id = $1 AND chain_id = $2 AND chain_position = $3)',
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
        EXECUTE format('SELECT EXISTS (SELECT FROM %I.erased_receipts WHERE tenant_id = $1 AND receipt_id = $2 AND ledger_sequence = $3)',
                       TG_TABLE_SCHEMA)
            INTO allowed USING OLD.tenant_id, OLD.receipt_id, OLD.ledger_sequence;
        IF allowed THEN
            RETURN OLD;
        END IF;
    END IF;
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'insufficient_privilege';
END
$$;

COMMENT ON FUNCTION app.keep_ledger_row() IS
    'Refuses UPDATE but of signature_status, and of prev_hash to zeros behind an erased receipt; refuses DELETE of rows of a tenant that lives in these tables, but of erased receipts; whoever asks';

SELECT app.alter_homes($$
    ALTER TABLE {home}.receipts_index ADD COLUMN commitment bytea CHECK (octet_length(commitment) = 32)
$$);
SELECT app.alter_homes($$ COMMENT ON COLUMN {home}.receipts_index.commitment IS
    'Salted commitment to the stored line, as the Merkle log has it; null in rows indexed before this column, for which hash stands in' $$);
SELECT app.alter_homes($$ COMMENT ON COLUMN {home}.receipts_index.prev_hash IS
    'hash of the predecessor in the chain; 32 zero bytes at position 1 and behind an erased receipt' $$);
SELECT app.alter_homes($$ COMMENT ON COLUMN {home}.receipts_index.chain_hash IS
    'SHA-256(0x01, chain_hash of the predecessor or 32 zero bytes, commitment; hash in rows without one)' $$);
SELECT app.alter_homes($$ COMMENT ON COLUMN {home}.chain_heads.hash IS
    'hash of the newest link: the prev_hash of the next one; 32 zero bytes when that receipt is erased' $$);

DO
$$
DECLARE
    home text;
    added text;
BEGIN
    FOR home IN SELECT nspname FROM pg_namespace WHERE starts_with(nspname, 'tenant_') ORDER BY nspname LOOP
        FOREACH added IN ARRAY ARRAY['ledger_acts', 'erased_receipts'] LOOP
            PERFORM app.copy_table(format('app.%I', added)::regclass, home);
            EXECUTE format('ALTER TABLE %I.%I ADD CONSTRAINT one_tenant %s', home, added,
                           (SELECT pg_get_constraintdef(oid) FROM pg_constraint
                             WHERE conname = 'one_tenant' AND conrelid = format('%I.receipts_index', home)::regclass));
        END LOOP;
    END LOOP;
END
$$;

-- New homes have the two tables, and rows that moved go from them.
CREATE OR REPLACE FUNCTION app.create_home(for_tenant text) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS
$$
DECLARE
    home text := app.home_schema(for_tenant);
    moved text;
BEGIN
    PERFORM app.require_tenant(for_tenant);
    PERFORM app.drop_home(for_tenant);
    EXECUTE format('CREATE SCHEMA %I', home);
    EXECUTE format('COMMENT ON SCHEMA %I IS %L', home, 'The index of one tenant alone');
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO zeroui_tenant_user', home);
    FOREACH moved IN ARRAY ARRAY['receipts_index', 'chain_heads', 'ledger_watermarks', 'outbox', 'outbox_epoch',
                               'ledger_acts', 'erased_receipts']
    LOOP
        PERFORM app.copy_table(format('app.%I', moved)::regclass, home);
        IF moved <> 'outbox_epoch' THEN
            EXECUTE format('ALTER TABLE %I.%I ADD CONSTRAINT one_tenant CHECK (tenant_id = %L)', home, moved, for_tenant);
        END IF;
    END LOOP;
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'zeroui_tenant_analytics_ro') AND to_regclass('analytics.receipts') IS NOT NULL
    THEN
        EXECUTE format('CREATE VIEW %I.receipts WITH (security_invoker = true, security_barrier = true) AS %s', home,
                       replace(pg_get_viewdef('analytics.receipts'::regclass), 'app.receipts_index',
                               format('%I.receipts_index', home)));
        EXECUTE format('GRANT USAGE ON SCHEMA %I TO zeroui_tenant_analytics_ro', home);
        EXECUTE format('GRANT SELECT ON %I.receipts TO zeroui_tenant_analytics_ro', home);
    END IF;
    RETURN home;
END
$$;

CREATE OR REPLACE FUNCTION app.forget_rows(for_tenant text) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS
$$
DECLARE
    gone bigint;
BEGIN
    PERFORM app.require_tenant(for_tenant);
    IF NOT EXISTS (SELECT FROM app.tenant_homes AS h WHERE h.tenant_id = for_tenant) THEN
        RAISE EXCEPTION 'the tenant % lives in these tables', for_tenant USING ERRCODE = 'insufficient_privilege';
    END IF;
    DELETE FROM app.receipts_index WHERE tenant_id = for_tenant;
    GET DIAGNOSTICS gone = ROW_COUNT;
    DELETE FROM app.erased_receipts WHERE tenant_id = for_tenant;
    DELETE FROM app.ledger_acts WHERE tenant_id = for_tenant;
    DELETE FROM app.chain_heads WHERE tenant_id = for_tenant;
    DELETE FROM app.outbox WHERE tenant_id = for_tenant;
    DELETE FROM app.ledger_watermarks WHERE tenant_id = for_tenant;
    RETURN gone;
END
$$;

-- The serving login may not delete rows of the index itself.
CREATE FUNCTION app.forget_receipt(for_tenant text, for_receipt text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS
$$
DECLARE
    home text := CASE WHEN EXISTS (SELECT FROM app.tenant_homes AS h WHERE h.tenant_id = for_tenant AND h.tier = 'schema')
                      THEN app.home_schema(for_tenant) ELSE 'app' END;
BEGIN
    PERFORM app.require_tenant(for_tenant);
    EXECUTE format('DELETE FROM %1$I.receipts_index AS r USING %1$I.erased_receipts AS e
                    WHERE e.tenant_id = $1 AND e.receipt_id = $2
                      AND r.tenant_id = $1 AND r.receipt_id = $2 AND r.ledger_sequence = e.ledger_sequence', home)
        USING for_tenant, for_receipt;
    EXECUTE format('UPDATE %1$I.receipts_index AS r SET prev_hash = decode(repeat(''00'', 32), ''hex'')
                    FROM %1$I.erased_receipts AS e
                    WHERE e.tenant_id = $1 AND e.receipt_id = $2
                      AND r.tenant_id = $1 AND r.chain_id = e.chain_id AND r.chain_position = e.chain_position + 1', home)
        USING for_tenant, for_receipt;
END
$$;

COMMENT ON FUNCTION app.forget_receipt(text, text) IS
    'Deletes the row of a receipt that app.erased_receipts has, and its hash in the row behind it, in a transaction for that tenant';

REVOKE ALL ON FUNCTION app.forget_receipt(text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.forget_receipt(text, text) TO zeroui_tenant_user;
