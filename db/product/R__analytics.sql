-- What zeroui_product_analytics_ro reads: the counts of the reports.
-- The views check the reader's own rights and policies, so a tenant's rows are there only while app.current_tenant_id
-- names it. The login cannot name the tables: it has no USAGE on their schema.
CREATE SCHEMA IF NOT EXISTS analytics;

CREATE OR REPLACE VIEW analytics.receipt_counts WITH (security_invoker = true, security_barrier = true) AS
SELECT tenant_id, day, kind, gate_id, status, environment, count
FROM app.receipt_counts;
COMMENT ON VIEW analytics.receipt_counts IS 'Receipts per day, gate, status and environment';

DO
$$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'zeroui_product_analytics_ro') THEN
        GRANT USAGE ON SCHEMA analytics TO zeroui_product_analytics_ro;
        GRANT SELECT ON analytics.receipt_counts TO zeroui_product_analytics_ro;
        GRANT SELECT (tenant_id, day, kind, gate_id, status, environment, count)
            ON app.receipt_counts TO zeroui_product_analytics_ro;
    END IF;
END
$$;
