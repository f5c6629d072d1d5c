-- The words by which receipts are found: an inverted index as a table. Under row-level security no GIN index serves, because
-- the operators of tsvector are not leakproof; equality and order of text COLLATE "C", of times and of numbers are, so a B-tree
-- serves. PostgreSQL's own text search makes the words, when they are written and when they are asked for.
--
-- Rows that were indexed before have no words here, and a search by text does not find them, until the index is built again from
-- the files (./zeroui reindex tenant): the words are in the files and not in the database.

CREATE TABLE app.receipt_words (
    tenant_id       text        NOT NULL,
    word            text        COLLATE "C" NOT NULL CHECK (word <> ''),
    timestamp_utc   timestamptz NOT NULL,
    ledger_sequence bigint      NOT NULL CHECK (ledger_sequence > 0),
    PRIMARY KEY (tenant_id, word, timestamp_utc, ledger_sequence)
);

-- For erasure and for moves, which look for the words of a receipt. It grows at its end and keeps equal keys together, so it costs
-- little; without it an erasure would read all words of its tenant.
CREATE INDEX receipt_words_sequence ON app.receipt_words (tenant_id, ledger_sequence);

COMMENT ON TABLE app.receipt_words IS
    'Words of the receipts'' rationales, badges and tags, one row for each word of a receipt. Append-only; the files are the truth and this table can be rebuilt from them.';
COMMENT ON COLUMN app.receipt_words.tenant_id IS 'Whose receipt it is';
COMMENT ON COLUMN app.receipt_words.word IS
    'A lexeme of the text search configuration english; behind a quotation mark a whole badge or tag in lower case';
COMMENT ON COLUMN app.receipt_words.timestamp_utc IS 'timestamp_utc of the receipt, so that a word''s receipts are in the order of a search';
COMMENT ON COLUMN app.receipt_words.ledger_sequence IS 'The receipt''s position in the tenant''s ledger';
COMMENT ON INDEX app.receipt_words_sequence IS 'The words of a receipt, for its erasure and for moves';

ALTER TABLE app.receipt_words ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.receipt_words FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_rows ON app.receipt_words
    USING (tenant_id = NULLIF(current_setting('app.current_tenant_id', true), ''))
    WITH CHECK (tenant_id = NULLIF(current_setting('app.current_tenant_id', true), ''));
-- A rebuild is compared whole.
CREATE POLICY plane_select ON app.receipt_words FOR SELECT TO zeroui_tenant_user
    USING (COALESCE(current_setting('app.plane_scope', true) = 'plane', false));

GRANT SELECT, INSERT ON app.receipt_words TO zeroui_tenant_user;

CREATE FUNCTION app.keep_word() RETURNS trigger
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
        EXECUTE format('SELECT EXISTS (SELECT FROM %I.erased_receipts WHERE tenant_id = $1 AND ledger_sequence = $2)', TG_TABLE_SCHEMA)
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
    'Refuses UPDATE, and DELETE of words of a tenant that lives in these tables, but of erased receipts; whoever asks';

CREATE TRIGGER receipt_words_append_only
    BEFORE UPDATE OR DELETE ON app.receipt_words
    FOR EACH ROW EXECUTE FUNCTION app.keep_word();

-- Homes that are there already get the table as new ones do, with the rule for whose rows they have.
DO
$$
DECLARE
    home text;
    only_tenant text;
BEGIN
    FOR home IN SELECT nspname FROM pg_namespace WHERE starts_with(nspname, 'tenant_') ORDER BY nspname LOOP
        PERFORM app.copy_table('app.receipt_words'::regclass, home);
        SELECT pg_get_constraintdef(oid) INTO only_tenant
          FROM pg_constraint
         WHERE conname = 'one_tenant' AND conrelid = format('%I.receipts_index', home)::regclass;
        IF only_tenant IS NOT NULL THEN
            EXECUTE format('ALTER TABLE %I.receipt_words ADD CONSTRAINT one_tenant %s', home, only_tenant);
        END IF;
    END LOOP;
END
$$;

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
                                  'ledger_acts', 'erased_receipts', 'key_evaluations', 'courier_batches', 'receipt_words']
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
    DELETE FROM app.receipt_words WHERE tenant_id = for_tenant;
    RETURN gone;
END
$$;

-- As before, and the words go in the same transaction.
CREATE OR REPLACE FUNCTION app.forget_receipt(for_tenant text, for_receipt text) RETURNS void
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
    EXECUTE format('DELETE FROM %1$I.receipt_words AS w USING %1$I.erased_receipts AS e
                    WHERE e.tenant_id = $1 AND e.receipt_id = $2
                      AND w.tenant_id = $1 AND w.ledger_sequence = e.ledger_sequence', home)
        USING for_tenant, for_receipt;
    EXECUTE format('UPDATE %1$I.receipts_index AS r SET prev_hash = decode(repeat(''00'', 32), ''hex'')
                    FROM %1$I.erased_receipts AS e
                    WHERE e.tenant_id = $1 AND e.receipt_id = $2
                      AND r.tenant_id = $1 AND r.chain_id = e.chain_id AND r.chain_position = e.chain_position + 1', home)
        USING for_tenant, for_receipt;
END
$$;

COMMENT ON FUNCTION app.forget_receipt(text, text) IS
    'Deletes the row and the words of a receipt that app.erased_receipts has, and its hash in the row behind it, in a transaction for that tenant';
