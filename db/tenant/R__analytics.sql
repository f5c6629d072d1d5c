-- What zeroui_tenant_analytics_ro reads: what the ledger holds.
-- The views check the reader's own rights and policies, so a tenant's rows are there only while app.current_tenant_id
-- names it. The login cannot name the tables: it has no USAGE on their schema.
CREATE SCHEMA IF NOT EXISTS analytics;

CREATE OR REPLACE VIEW analytics.receipts WITH (security_invoker = true, security_barrier = true) AS
SELECT tenant_id, receipt_id, ledger_sequence, kind, repo_id, gate_id, status, evaluation_point, severity, plane,
       environment, emitter_service, degraded, timestamp_utc, received_at, signature_status, module_id, actor_type,
       parent_receipt_id, policy_version_ids
FROM app.receipts_index;
COMMENT ON VIEW analytics.receipts IS 'Receipts of the evidence ledger';

-- The views of tenants with a schema of their own are like it; app.create_home makes new ones so.
DO
$$
DECLARE
    home text;
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'zeroui_tenant_analytics_ro') THEN
        RETURN;
    END IF;
    GRANT USAGE ON SCHEMA analytics TO zeroui_tenant_analytics_ro;
    GRANT SELECT ON analytics.receipts TO zeroui_tenant_analytics_ro;
    PERFORM app.alter_homes($grant$
        GRANT SELECT (tenant_id, receipt_id, ledger_sequence, kind, repo_id, gate_id, status, evaluation_point, severity, plane,
            environment, emitter_service, degraded, timestamp_utc, received_at, signature_status, module_id, actor_type,
            parent_receipt_id, policy_version_ids)
            ON {home}.receipts_index TO zeroui_tenant_analytics_ro
    $grant$);
    FOR home IN SELECT nspname FROM pg_namespace WHERE starts_with(nspname, 'tenant_') LOOP
        EXECUTE format('CREATE OR REPLACE VIEW %I.receipts WITH (security_invoker = true, security_barrier = true) AS %s', home,
                       replace(pg_get_viewdef('analytics.receipts'::regclass), 'app.receipts_index',
                               format('%I.receipts_index', home)));
        EXECUTE format('GRANT USAGE ON SCHEMA %I TO zeroui_tenant_analytics_ro', home);
        EXECUTE format('GRANT SELECT ON %I.receipts TO zeroui_tenant_analytics_ro', home);
    END LOOP;
END
$$;
