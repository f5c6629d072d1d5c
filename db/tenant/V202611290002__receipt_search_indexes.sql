-- The indexes of the evidence search, apart from the columns, so that readers go on while they are built; the writer waits and
-- then catches up from the ledger's files. Not CONCURRENTLY, which no function may do, and alter_homes is one.
--
-- Every search is newest first, so each index ends in (timestamp_utc, ledger_sequence): a page is read in order and ends at its
-- limit. Indexed is what picks few of many rows: a repository, a gate, a parent, and of the states the two that are rare. The
-- other filters (pass and warn, plane, environment, emitter, kind, actor, evaluation point, severity, module, policy) are
-- checked on the tenant's rows as they are read by time; where hardly any row has the value, that is all of the tenant's rows
-- within from and to. An index of policy_version_ids would have to be a GIN one, whose operators
-- are not leakproof and therefore do not serve under row-level security.

-- Takes the place of (tenant_id, timestamp_utc), whose name differs from home to home: copies of tables name their indexes anew.
SELECT app.alter_homes($alter$
    DO $do$
    DECLARE
        replaced regclass := (SELECT indexrelid FROM pg_index WHERE indrelid = '{home}.receipts_index'::regclass
                                 AND pg_get_indexdef(indexrelid) LIKE '%(tenant_id, timestamp_utc)');
    BEGIN
        CREATE INDEX receipts_index_time ON {home}.receipts_index (tenant_id, timestamp_utc, ledger_sequence);
        EXECUTE format('DROP INDEX %s', replaced);
    END
    $do$
$alter$);

SELECT app.alter_homes($$
    CREATE INDEX receipts_index_repo ON {home}.receipts_index (tenant_id, repo_id, timestamp_utc, ledger_sequence)
$$);

SELECT app.alter_homes($$
    CREATE INDEX receipts_index_gate ON {home}.receipts_index (tenant_id, gate_id, timestamp_utc, ledger_sequence)
$$);

SELECT app.alter_homes($$
    CREATE INDEX receipts_index_blocked ON {home}.receipts_index (tenant_id, status, timestamp_utc, ledger_sequence)
        WHERE status IN ('soft_block', 'hard_block')
$$);

SELECT app.alter_homes($$
    CREATE INDEX receipts_index_parent ON {home}.receipts_index (tenant_id, parent_receipt_id, timestamp_utc, ledger_sequence)
        WHERE parent_receipt_id IS NOT NULL
$$);
