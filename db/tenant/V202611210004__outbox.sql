-- Events to other planes, written with the rows they tell of.

CREATE TABLE app.outbox (
    sequence   bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    channel    text        NOT NULL,
    tenant_id  text        NOT NULL,
    payload    jsonb       NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE app.outbox_epoch (
    one        boolean     NOT NULL DEFAULT true PRIMARY KEY CHECK (one),
    epoch      uuid        NOT NULL DEFAULT gen_random_uuid(),
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);

COMMENT ON TABLE app.outbox IS
    'Events that another plane has not yet said to be durable on its side; a row goes when its receiver acknowledges it';
COMMENT ON COLUMN app.outbox.sequence IS 'Order of publication and name of the row in acknowledgements; unique within an epoch';
COMMENT ON COLUMN app.outbox.channel IS 'Name of the channel in the catalogue';
COMMENT ON COLUMN app.outbox.tenant_id IS 'Tenant the event is about';
COMMENT ON COLUMN app.outbox.payload IS 'Payload of the event: metadata only, never a receipt';
COMMENT ON COLUMN app.outbox.created_at IS 'When the event was written';
COMMENT ON TABLE app.outbox_epoch IS
    'Which life of the outbox this is: acknowledgements of an earlier one (before a rebuild) name another epoch and count for nothing';
COMMENT ON COLUMN app.outbox_epoch.one IS 'Keeps the table at one row';
COMMENT ON COLUMN app.outbox_epoch.epoch IS 'Random name of this life';
COMMENT ON COLUMN app.outbox_epoch.created_at IS 'When the first epoch began';
COMMENT ON COLUMN app.outbox_epoch.updated_at IS 'When this epoch began';

INSERT INTO app.outbox_epoch DEFAULT VALUES;

GRANT SELECT, INSERT, DELETE ON app.outbox TO zeroui_tenant_user;
GRANT SELECT, INSERT, UPDATE ON app.outbox_epoch TO zeroui_tenant_user;
