-- Why a signature check came out as it did, and how far the rows of a key are judged anew after its files changed.

SELECT app.alter_homes($$
    ALTER TABLE {home}.receipts_index
        ADD COLUMN signature_reason text,
        ADD COLUMN signature_checked_at timestamptz
$$);

SELECT app.alter_homes($$ COMMENT ON COLUMN {home}.receipts_index.signature_status IS
    'Outcome of the last signature check; only this and its reason and time may change' $$);
SELECT app.alter_homes($$ COMMENT ON COLUMN {home}.receipts_index.signature_reason IS
    'Why, for example kid_expired; null in rows indexed before this column' $$);
SELECT app.alter_homes($$ COMMENT ON COLUMN {home}.receipts_index.signature_checked_at IS
    'When; null in rows indexed before this column' $$);
SELECT app.alter_homes($$
    GRANT UPDATE (signature_reason, signature_checked_at) ON {home}.receipts_index TO zeroui_tenant_user
$$);

-- As before, with the two columns.
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
    'Refuses UPDATE but of signature_status, its reason and its time, and of prev_hash to zeros behind an erased receipt; refuses DELETE of rows of a tenant that lives in these tables, but of erased receipts; whoever asks';

-- Nearly empty, and costs a verified row nothing.
SELECT app.alter_homes($$
    CREATE INDEX receipts_index_unverified ON {home}.receipts_index (tenant_id, signature_status, timestamp_utc, ledger_sequence)
        WHERE signature_status <> 'verified'
$$);

CREATE TABLE app.key_evaluations (
    tenant_id    text        NOT NULL CHECK (tenant_id <> ''),
    kid          text        NOT NULL CHECK (kid <> ''),
    digest       bytea       NOT NULL CHECK (octet_length(digest) = 32),
    evaluated_to bigint      NOT NULL CHECK (evaluated_to >= 0),
    target       bigint      NOT NULL CHECK (target >= 0),
    changed_rows bigint      NOT NULL DEFAULT 0 CHECK (changed_rows >= 0),
    updated_at   timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, kid)
);

CREATE INDEX key_evaluations_open ON app.key_evaluations (tenant_id, evaluated_to) WHERE evaluated_to < target;

COMMENT ON TABLE app.key_evaluations IS
    'By which files of each key the tenant''s rows are judged, and how far that has come since the files changed';
COMMENT ON COLUMN app.key_evaluations.tenant_id IS 'Whose trust folder the files are in';
COMMENT ON COLUMN app.key_evaluations.kid IS 'Id of the key';
COMMENT ON COLUMN app.key_evaluations.digest IS 'SHA-256 over the key''s files';
COMMENT ON COLUMN app.key_evaluations.evaluated_to IS 'Rows of the key up to this ledger sequence are judged by these files';
COMMENT ON COLUMN app.key_evaluations.target IS 'Rows behind this ledger sequence were judged by these files when they were written';
COMMENT ON COLUMN app.key_evaluations.changed_rows IS 'How many rows have another status since the files changed';
COMMENT ON COLUMN app.key_evaluations.updated_at IS 'When this row changed last';

ALTER TABLE app.key_evaluations ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.key_evaluations FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_rows ON app.key_evaluations
    USING (tenant_id = NULLIF(current_setting('app.current_tenant_id', true), ''))
    WITH CHECK (tenant_id = NULLIF(current_setting('app.current_tenant_id', true), ''));
GRANT SELECT, INSERT, UPDATE, DELETE ON app.key_evaluations TO zeroui_tenant_user;

DO
$$
DECLARE
    home text;
    only_one text;
BEGIN
    FOR home IN SELECT nspname FROM pg_namespace WHERE starts_with(nspname, 'tenant_') ORDER BY nspname LOOP
        PERFORM app.copy_table('app.key_evaluations', home);
        only_one := (SELECT pg_get_constraintdef(oid) FROM pg_constraint
                      WHERE conrelid = format('%I.chain_heads', home)::regclass AND conname = 'one_tenant');
        EXECUTE format('ALTER TABLE %I.key_evaluations ADD CONSTRAINT one_tenant %s', home, only_one);
    END LOOP;
END
$$;

CREATE FUNCTION app.may_judge(for_tenant text) RETURNS boolean
    LANGUAGE sql AS $$ SELECT pg_try_advisory_xact_lock_shared(hashtextextended(for_tenant, 2)) $$;

COMMENT ON FUNCTION app.may_judge(text) IS
    'False while the tenant is being moved: its rows are being copied and must stay as they are. True keeps it from moving until the transaction ends';

-- As before, with the new table.
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
                                  'ledger_acts', 'erased_receipts', 'key_evaluations']
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
    DELETE FROM app.key_evaluations WHERE tenant_id = for_tenant;
    RETURN gone;
END
$$;
