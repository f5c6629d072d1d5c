-- The history of telemetry in one partition a month, so that what is too old goes with its table. The serving login can make no table;
-- it calls the function below, which knows the tables that it is for.

CREATE FUNCTION app.keep_months(of_table text, from_time timestamptz, months_ahead integer, drop_before timestamptz) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
    SET lock_timeout = '2s'
    SET timezone = 'UTC'
AS
$$
DECLARE
    this_month timestamp := date_trunc('month', least(from_time, now()) AT TIME ZONE 'UTC');
    last_month timestamp := date_trunc('month', now() AT TIME ZONE 'UTC') + make_interval(months => months_ahead);
    name text;
    dropped integer := 0;
BEGIN
    IF of_table NOT IN ('telemetry_history', 'alert_transitions') THEN
        RAISE EXCEPTION 'the table % is not kept by months', of_table USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF months_ahead NOT BETWEEN 0 AND 12 OR this_month < last_month - interval '130 months' THEN
        RAISE EXCEPTION 'too many months' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    IF drop_before > now() - interval '1 day' THEN
        RAISE EXCEPTION 'what is younger than a day is not dropped' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    PERFORM pg_advisory_xact_lock(hashtext('app.keep_months'), hashtext(of_table));
    WHILE this_month <= last_month LOOP
        name := of_table || '_' || to_char(this_month, 'YYYYMM');
        IF to_regclass(format('app.%I', name)) IS NULL AND this_month + interval '1 month' > drop_before AT TIME ZONE 'UTC' THEN
            EXECUTE format('CREATE TABLE app.%I PARTITION OF app.%I FOR VALUES FROM (%L) TO (%L)', name, of_table,
                           this_month AT TIME ZONE 'UTC', (this_month + interval '1 month') AT TIME ZONE 'UTC');
            EXECUTE format('COMMENT ON TABLE app.%I IS %L', name, to_char(this_month, 'YYYY-MM') || ' (UTC) of app.' || of_table);
        END IF;
        this_month := this_month + interval '1 month';
    END LOOP;
    FOR name IN
        SELECT c.relname FROM pg_inherits AS i JOIN pg_class AS c ON c.oid = i.inhrelid
         WHERE i.inhparent = format('app.%I', of_table)::regclass
           AND to_timestamp(right(c.relname, 6), 'YYYYMM') + interval '1 month' <= drop_before
         ORDER BY c.relname
    LOOP
        EXECUTE format('DROP TABLE app.%I', name);
        dropped := dropped + 1;
    END LOOP;
    RETURN dropped;
END
$$;

COMMENT ON FUNCTION app.keep_months(text, timestamptz, integer, timestamptz) IS
    'Makes the missing partitions of a table from a time until some months ahead, and drops those that end before another time; returns how many it dropped';

-- The view is made again by R__analytics.
DROP VIEW IF EXISTS analytics.telemetry_history;
ALTER TABLE app.telemetry_history RENAME TO telemetry_history_whole;
ALTER TABLE app.telemetry_history_whole RENAME CONSTRAINT telemetry_history_pkey TO telemetry_history_whole_pkey;
ALTER TABLE app.telemetry_history_whole RENAME CONSTRAINT telemetry_history_plane_check TO telemetry_history_whole_plane_check;
ALTER INDEX app.telemetry_history_newest RENAME TO telemetry_history_whole_newest;
ALTER INDEX app.telemetry_history_reported_at RENAME TO telemetry_history_whole_reported_at;

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
) PARTITION BY RANGE (slot);

CREATE INDEX telemetry_history_newest ON app.telemetry_history (plane, reported_at DESC, instance, state);
CREATE INDEX telemetry_history_reported_at ON app.telemetry_history (reported_at);

COMMENT ON TABLE app.telemetry_history IS
    'Earlier reports, thinned: the newest one per instance, state and time slot; a partition a month, dropped when all of it is too old';
COMMENT ON COLUMN app.telemetry_history.plane IS 'Plane that reports';
COMMENT ON COLUMN app.telemetry_history.instance IS 'Running instance';
COMMENT ON COLUMN app.telemetry_history.slot IS 'Start of the time slot; says in which month''s partition the row is';
COMMENT ON COLUMN app.telemetry_history.state IS 'up or degraded; in the key, so that a short change of state stays visible';
COMMENT ON COLUMN app.telemetry_history.service IS 'Name of the service';
COMMENT ON COLUMN app.telemetry_history.version IS 'Version of the service';
COMMENT ON COLUMN app.telemetry_history.reported_at IS 'When the instance said so';
COMMENT ON COLUMN app.telemetry_history.figures IS 'counts: whole numbers by name; channels: state, lag, pending and dead letters of each';
COMMENT ON COLUMN app.telemetry_history.created_at IS 'When the row was written';

DO
$$
BEGIN
    PERFORM app.keep_months('telemetry_history', (SELECT COALESCE(min(slot), now()) FROM app.telemetry_history_whole), 2, '-infinity');
END
$$;

INSERT INTO app.telemetry_history (plane, instance, slot, state, service, version, reported_at, figures, created_at)
SELECT plane, instance, slot, state, service, version, reported_at, figures, created_at FROM app.telemetry_history_whole;

DROP TABLE app.telemetry_history_whole;

GRANT SELECT, INSERT, UPDATE, DELETE ON app.telemetry_history TO zeroui_shared_user;
REVOKE ALL ON FUNCTION app.keep_months(text, timestamptz, integer, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.keep_months(text, timestamptz, integer, timestamptz) TO zeroui_shared_user;
