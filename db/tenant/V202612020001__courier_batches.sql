-- Batches that couriers brought: what each of them said, computed from the files in the tenant's evidence folder.

CREATE TABLE app.courier_batches (
    tenant_id       text           NOT NULL,
    batch_id        text           NOT NULL CHECK (batch_id <> ''),
    number          bigint         NOT NULL CHECK (number > 0),
    emitter_service text           NOT NULL CHECK (emitter_service <> ''),
    batch_timestamp timestamptz    NOT NULL,
    merkle_root     bytea          NOT NULL CHECK (octet_length(merkle_root) = 32),
    content_hash    bytea          NOT NULL CHECK (octet_length(content_hash) = 32),
    receipts        integer        NOT NULL CHECK (receipts > 0),
    sequences       int8multirange NOT NULL,
    first_sequence  bigint         NOT NULL CHECK (first_sequence >= 0),
    last_sequence   bigint         NOT NULL CHECK (last_sequence >= first_sequence),
    file            text           NOT NULL,
    file_offset     bigint         NOT NULL CHECK (file_offset >= 0),
    line_length     integer        NOT NULL CHECK (line_length > 0),
    recorded_at     timestamptz    NOT NULL,
    created_at      timestamptz    NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, batch_id),
    CONSTRAINT courier_batches_number UNIQUE (tenant_id, number)
);

CREATE INDEX courier_batches_emitter ON app.courier_batches (tenant_id, emitter_service, first_sequence);

COMMENT ON TABLE app.courier_batches IS
    'Batches of receipts that couriers brought, one row each. Append-only; the files are the truth and this table can be rebuilt from them.';
COMMENT ON COLUMN app.courier_batches.tenant_id IS 'Whose receipts were in it';
COMMENT ON COLUMN app.courier_batches.batch_id IS 'Its name, chosen by the courier; the tenant has it once';
COMMENT ON COLUMN app.courier_batches.number IS 'Order of the tenant''s batches, from 1';
COMMENT ON COLUMN app.courier_batches.emitter_service IS 'Whose sequence numbers they are';
COMMENT ON COLUMN app.courier_batches.batch_timestamp IS 'When the courier says it was made';
COMMENT ON COLUMN app.courier_batches.merkle_root IS 'Root hash (RFC 6962) over the lines of its receipts, in their order';
COMMENT ON COLUMN app.courier_batches.content_hash IS 'SHA-256 of what the courier claimed: the same batch has the same';
COMMENT ON COLUMN app.courier_batches.receipts IS 'Number of receipts';
COMMENT ON COLUMN app.courier_batches.sequences IS 'Sequence numbers of its receipts';
COMMENT ON COLUMN app.courier_batches.first_sequence IS 'The least of them';
COMMENT ON COLUMN app.courier_batches.last_sequence IS 'The greatest of them';
COMMENT ON COLUMN app.courier_batches.file IS 'File of its record, relative to ZU_ROOT';
COMMENT ON COLUMN app.courier_batches.file_offset IS 'First byte of the record in the file';
COMMENT ON COLUMN app.courier_batches.line_length IS 'Bytes of the record without its line feed';
COMMENT ON COLUMN app.courier_batches.recorded_at IS 'When the record was written';
COMMENT ON COLUMN app.courier_batches.created_at IS 'When this row was written; differs after a rebuild';

ALTER TABLE app.courier_batches ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.courier_batches FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_rows ON app.courier_batches
    USING (tenant_id = NULLIF(current_setting('app.current_tenant_id', true), ''))
    WITH CHECK (tenant_id = NULLIF(current_setting('app.current_tenant_id', true), ''));

CREATE TRIGGER courier_batches_append_only BEFORE UPDATE OR DELETE ON app.courier_batches
    FOR EACH ROW EXECUTE FUNCTION app.keep_act();

GRANT SELECT, INSERT ON app.courier_batches TO zeroui_tenant_user;

-- Homes that are there already get the table as new ones do, with the rule for whose rows they have.
DO
$$
DECLARE
    home text;
    only_tenant text;
BEGIN
    FOR home IN SELECT nspname FROM pg_namespace WHERE starts_with(nspname, 'tenant_') ORDER BY nspname LOOP
        PERFORM app.copy_table('app.courier_batches'::regclass, home);
        SELECT pg_get_constraintdef(oid) INTO only_tenant
          FROM pg_constraint
         WHERE conname = 'one_tenant' AND conrelid = format('%I.receipts_index', home)::regclass;
        IF only_tenant IS NOT NULL THEN
            EXECUTE format('ALTER TABLE %I.courier_batches ADD CONSTRAINT one_tenant %s', home, only_tenant);
        END IF;
    END LOOP;
END
$$;

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
                                  'ledger_acts', 'erased_receipts', 'key_evaluations', 'courier_batches']
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
    DELETE FROM app.courier_batches WHERE tenant_id = for_tenant;
    RETURN gone;
END
$$;
