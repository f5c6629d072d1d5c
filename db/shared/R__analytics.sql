-- What zeroui_shared_analytics_ro reads: what the planes said of themselves.
-- The views check the reader's own rights and policies, so a tenant's rows are there only while app.current_tenant_id
-- names it. The login cannot name the tables: it has no USAGE on their schema.
CREATE SCHEMA IF NOT EXISTS analytics;

CREATE OR REPLACE VIEW analytics.telemetry_reports WITH (security_invoker = true, security_barrier = true) AS
SELECT plane, instance, service, version, state, reported_at, figures
FROM app.telemetry_reports;
COMMENT ON VIEW analytics.telemetry_reports IS 'Newest report of every instance';

CREATE OR REPLACE VIEW analytics.telemetry_history WITH (security_invoker = true, security_barrier = true) AS
SELECT plane, instance, slot, state, service, version, reported_at, figures
FROM app.telemetry_history;
COMMENT ON VIEW analytics.telemetry_history IS 'Earlier reports, thinned';

CREATE OR REPLACE VIEW analytics.alerts WITH (security_invoker = true, security_barrier = true) AS
SELECT rule, plane, instance, severity, state, since, seen_at, figure, threshold
FROM app.alerts;
COMMENT ON VIEW analytics.alerts IS 'How alerts stand';

CREATE OR REPLACE VIEW analytics.alert_transitions WITH (security_invoker = true, security_barrier = true) AS
SELECT at, number, rule, plane, instance, severity, from_state, to_state, figure, threshold
FROM app.alert_transitions;
COMMENT ON VIEW analytics.alert_transitions IS 'Every change of an alert''s state';

DO
$$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'zeroui_shared_analytics_ro') THEN
        GRANT USAGE ON SCHEMA analytics TO zeroui_shared_analytics_ro;
        GRANT SELECT ON analytics.telemetry_reports TO zeroui_shared_analytics_ro;
        GRANT SELECT (plane, instance, service, version, state, reported_at, figures)
            ON app.telemetry_reports TO zeroui_shared_analytics_ro;
        GRANT SELECT ON analytics.telemetry_history TO zeroui_shared_analytics_ro;
        GRANT SELECT (plane, instance, slot, state, service, version, reported_at, figures)
            ON app.telemetry_history TO zeroui_shared_analytics_ro;
        GRANT SELECT ON analytics.alerts, analytics.alert_transitions TO zeroui_shared_analytics_ro;
        GRANT SELECT (rule, plane, instance, severity, state, since, seen_at, figure, threshold)
            ON app.alerts TO zeroui_shared_analytics_ro;
        GRANT SELECT (at, number, rule, plane, instance, severity, from_state, to_state, figure, threshold)
            ON app.alert_transitions TO zeroui_shared_analytics_ro;
    END IF;
END
$$;
