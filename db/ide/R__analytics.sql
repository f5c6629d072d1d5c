-- What zeroui_ide_analytics_ro reads: what this edge decided.
-- The views check the reader's own rights and policies, so a tenant's rows are there only while app.current_tenant_id
-- names it. The login cannot name the tables: it has no USAGE on their schema.
CREATE SCHEMA IF NOT EXISTS analytics;

CREATE OR REPLACE VIEW analytics.receipts WITH (security_invoker = true, security_barrier = true) AS
SELECT tenant_id, receipt_id, kind, repo_id, gate_id, status, evaluation_point, severity, timestamp_utc, indexed_at
FROM core.receipts_index;
COMMENT ON VIEW analytics.receipts IS 'Receipts of this edge';

DO
$$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'zeroui_ide_analytics_ro') THEN
        GRANT USAGE ON SCHEMA analytics TO zeroui_ide_analytics_ro;
        GRANT SELECT ON analytics.receipts TO zeroui_ide_analytics_ro;
        GRANT SELECT (tenant_id, receipt_id, kind, repo_id, gate_id, status, evaluation_point, severity,
            timestamp_utc, indexed_at)
            ON core.receipts_index TO zeroui_ide_analytics_ro;
    END IF;
END
$$;
