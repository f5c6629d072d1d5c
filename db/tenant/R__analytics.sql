-- What zeroui_tenant_analytics_ro reads: what the ledger holds.
-- The views check the reader's own rights and policies, so a tenant's rows are there only while app.current_tenant_id
-- names it. The login cannot name the tables: it has no USAGE on their schema.
CREATE SCHEMA IF NOT EXISTS analytics;

CREATE OR REPLACE VIEW analytics.receipts WITH (security_invoker = true, security_barrier = true) AS
SELECT tenant_id, receipt_id, ledger_sequence, kind, repo_id, gate_id, status, evaluation_point, severity, plane,
       environment, emitter_service, degraded, timestamp_utc, received_at, signature_status
FROM app.receipts_index;
COMMENT ON VIEW analytics.receipts IS 'Receipts of the evidence ledger';

DO
$$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'zeroui_tenant_analytics_ro') THEN
        GRANT USAGE ON SCHEMA analytics TO zeroui_tenant_analytics_ro;
        GRANT SELECT ON analytics.receipts TO zeroui_tenant_analytics_ro;
        GRANT SELECT (tenant_id, receipt_id, ledger_sequence, kind, repo_id, gate_id, status, evaluation_point,
            severity, plane, environment, emitter_service, degraded, timestamp_utc, received_at,
            signature_status)
            ON app.receipts_index TO zeroui_tenant_analytics_ro;
    END IF;
END
$$;
