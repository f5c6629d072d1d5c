-- What receipts are searched by beside the columns that there were. Nullable: rows that were indexed before have nulls here,
-- and a search by these columns does not find them, until the index is built again from the files (./zeroui reindex tenant).

SELECT app.alter_homes($$
    ALTER TABLE {home}.receipts_index
        ADD COLUMN module_id text,
        ADD COLUMN actor_type text,
        ADD COLUMN parent_receipt_id text,
        ADD COLUMN policy_version_ids text[]
$$);

SELECT app.alter_homes($$ COMMENT ON COLUMN {home}.receipts_index.module_id IS
    'module_id, where the receipt has one; null in rows indexed before this column' $$);
SELECT app.alter_homes($$ COMMENT ON COLUMN {home}.receipts_index.actor_type IS
    'actor.type, where the receipt says it; null in rows indexed before this column' $$);
SELECT app.alter_homes($$ COMMENT ON COLUMN {home}.receipts_index.parent_receipt_id IS
    'parent_receipt_id of a decision, decision_receipt_id of a feedback; null in rows indexed before this column' $$);
SELECT app.alter_homes($$ COMMENT ON COLUMN {home}.receipts_index.policy_version_ids IS
    'policy_version_ids of a decision, empty for feedback; null in rows indexed before this column' $$);
