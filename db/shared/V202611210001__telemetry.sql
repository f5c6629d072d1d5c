-- What every plane says about itself: the newest report of each instance, and a thinned history.

CREATE SCHEMA IF NOT EXISTS app;
GRANT USAGE ON SCHEMA app TO zeroui_shared_user;

CREATE TABLE app.telemetry_reports (
    plane       text        NOT NULL CHECK (plane IN ('ide', 'tenant', 'product', 'shared')),
    instance    text        NOT NULL,
    service     text        NOT NULL,
    version     text        NOT NULL,
    state       text        NOT NULL,
    reported_at timestamptz NOT NULL,
    figures     jsonb       NOT NULL,
    created_at  timestamptz NOT NULL DEFAULT now(),
    updated_at  timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (plane, instance)
);

CREATE INDEX telemetry_reports_reported_at ON app.telemetry_reports (reported_at);

COMMENT ON TABLE app.telemetry_reports IS
    'The newest report of every instance of every plane: health, lag and counts, never a payload';
COMMENT ON COLUMN app.telemetry_reports.plane IS 'Plane that reports: the one whose channel the report came on';
COMMENT ON COLUMN app.telemetry_reports.instance IS 'Running instance';
COMMENT ON COLUMN app.telemetry_reports.service IS 'Name of the service';
COMMENT ON COLUMN app.telemetry_reports.version IS 'Version of the service';
COMMENT ON COLUMN app.telemetry_reports.state IS 'What the instance says of itself: up or degraded';
COMMENT ON COLUMN app.telemetry_reports.reported_at IS 'When the instance says so';
COMMENT ON COLUMN app.telemetry_reports.figures IS 'counts: whole numbers by name; channels: state, lag, pending and dead letters of each';
COMMENT ON COLUMN app.telemetry_reports.created_at IS 'When the instance reported for the first time';
COMMENT ON COLUMN app.telemetry_reports.updated_at IS 'When the row changed last';

CREATE TABLE app.telemetry_history (
    plane       text        NOT NULL CHECK (plane IN ('ide', 'tenant', 'product', 'shared')),
    instance    text        NOT NULL,
    slot        timestamptz NOT NULL,
    state       text        NOT NULL,
    service     text        NOT NULL,
    version     text        NOT NULL,
    reported_at timestamptz NOT NULL,
    figures     jsonb       NOT NULL,
    created_at  timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (plane, instance, slot, state)
);

CREATE INDEX telemetry_history_newest ON app.telemetry_history (plane, reported_at DESC, instance, state);
CREATE INDEX telemetry_history_reported_at ON app.telemetry_history (reported_at);

COMMENT ON TABLE app.telemetry_history IS
    'Earlier reports, thinned: the newest one per instance, state and time slot. Old rows are deleted by the service';
COMMENT ON COLUMN app.telemetry_history.plane IS 'Plane that reports';
COMMENT ON COLUMN app.telemetry_history.instance IS 'Running instance';
COMMENT ON COLUMN app.telemetry_history.slot IS 'Start of the time slot';
COMMENT ON COLUMN app.telemetry_history.state IS 'up or degraded; in the key, so that a short change of state stays visible';
COMMENT ON COLUMN app.telemetry_history.service IS 'Name of the service';
COMMENT ON COLUMN app.telemetry_history.version IS 'Version of the service';
COMMENT ON COLUMN app.telemetry_history.reported_at IS 'When the instance said so';
COMMENT ON COLUMN app.telemetry_history.figures IS 'counts: whole numbers by name; channels: state, lag, pending and dead letters of each';
COMMENT ON COLUMN app.telemetry_history.created_at IS 'When the row was written';

GRANT SELECT, INSERT, UPDATE, DELETE ON app.telemetry_reports, app.telemetry_history TO zeroui_shared_user;
