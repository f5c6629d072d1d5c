-- Alerts about what the planes report: how each stands, and every change. A state is one rule about one instance.

CREATE TABLE app.alerts (
    rule       text             NOT NULL,
    plane      text             NOT NULL CHECK (plane IN ('ide', 'tenant', 'product', 'shared')),
    instance   text             NOT NULL,
    severity   text             NOT NULL CHECK (severity IN ('warning', 'critical')),
    state      text             NOT NULL CHECK (state IN ('pending', 'firing', 'resolved')),
    since      timestamptz      NOT NULL,
    seen_at    timestamptz      NOT NULL,
    run_since  timestamptz,
    figure     double precision NOT NULL,
    threshold  double precision NOT NULL,
    created_at timestamptz      NOT NULL DEFAULT now(),
    updated_at timestamptz      NOT NULL DEFAULT now(),
    PRIMARY KEY (rule, plane, instance)
);

COMMENT ON TABLE app.alerts IS 'How alerts stand; no row where nothing is the matter';
COMMENT ON COLUMN app.alerts.rule IS 'Name of the rule';
COMMENT ON COLUMN app.alerts.plane IS 'Plane whose instance it is about';
COMMENT ON COLUMN app.alerts.instance IS 'Instance that it is about';
COMMENT ON COLUMN app.alerts.severity IS 'warning or critical';
COMMENT ON COLUMN app.alerts.state IS 'pending: the threshold is crossed, not long enough yet; firing; resolved: it was firing';
COMMENT ON COLUMN app.alerts.since IS 'Since when it is in that state';
COMMENT ON COLUMN app.alerts.seen_at IS 'When the figure was seen last';
COMMENT ON COLUMN app.alerts.run_since IS 'Since when what would change the state holds without a break; null where it does not hold';
COMMENT ON COLUMN app.alerts.figure IS 'The figure when it was seen last, in the unit of the threshold';
COMMENT ON COLUMN app.alerts.threshold IS 'The threshold that was crossed';
COMMENT ON COLUMN app.alerts.created_at IS 'When the row was made';
COMMENT ON COLUMN app.alerts.updated_at IS 'When the row changed last';

CREATE SEQUENCE app.alert_transition_numbers AS bigint;

CREATE TABLE app.alert_transitions (
    at         timestamptz      NOT NULL,
    number     bigint           NOT NULL DEFAULT nextval('app.alert_transition_numbers'),
    rule       text             NOT NULL,
    plane      text             NOT NULL CHECK (plane IN ('ide', 'tenant', 'product', 'shared')),
    instance   text             NOT NULL,
    severity   text             NOT NULL CHECK (severity IN ('warning', 'critical')),
    from_state text             NOT NULL CHECK (from_state IN ('inactive', 'pending', 'firing', 'resolved')),
    to_state   text             NOT NULL CHECK (to_state IN ('inactive', 'pending', 'firing', 'resolved')),
    figure     double precision NOT NULL,
    threshold  double precision NOT NULL,
    created_at timestamptz      NOT NULL DEFAULT now(),
    PRIMARY KEY (at, number)
) PARTITION BY RANGE (at);

CREATE INDEX alert_transitions_rule ON app.alert_transitions (rule, at DESC, number DESC);

COMMENT ON TABLE app.alert_transitions IS 'Every change of an alert''s state; a partition a month, dropped when all of it is too old';
COMMENT ON COLUMN app.alert_transitions.at IS 'When the state changed; says in which month''s partition the row is';
COMMENT ON COLUMN app.alert_transitions.number IS 'Order among changes of one moment';
COMMENT ON COLUMN app.alert_transitions.rule IS 'Name of the rule';
COMMENT ON COLUMN app.alert_transitions.plane IS 'Plane whose instance it is about';
COMMENT ON COLUMN app.alert_transitions.instance IS 'Instance that it is about';
COMMENT ON COLUMN app.alert_transitions.severity IS 'warning or critical';
COMMENT ON COLUMN app.alert_transitions.from_state IS 'State before; inactive where there was no alert';
COMMENT ON COLUMN app.alert_transitions.to_state IS 'State after';
COMMENT ON COLUMN app.alert_transitions.figure IS 'The figure, in the unit of the threshold';
COMMENT ON COLUMN app.alert_transitions.threshold IS 'The threshold';
COMMENT ON COLUMN app.alert_transitions.created_at IS 'When the row was written';

DO
$$
BEGIN
    PERFORM app.keep_months('alert_transitions', now(), 2, '-infinity');
END
$$;

GRANT SELECT, INSERT, UPDATE, DELETE ON app.alerts TO zeroui_shared_user;
GRANT SELECT, INSERT ON app.alert_transitions TO zeroui_shared_user;
GRANT USAGE ON SEQUENCE app.alert_transition_numbers TO zeroui_shared_user;
