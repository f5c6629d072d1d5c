-- Only versions that the tenant has are counted since the gates were reviewed; the column's description said otherwise.
COMMENT ON COLUMN app.policy_counts.version_name IS 'The version as receipts name it, {policy-id}-{version}; one that the tenant had when they were counted';
