-- A database that was restored from a backup says so by a lower count: tenants' planes then send again what it lacks.

ALTER TABLE app.context_epoch ADD COLUMN changes bigint NOT NULL DEFAULT 0 CHECK (changes >= 0);

COMMENT ON COLUMN app.context_epoch.changes IS 'How many exports and withdrawals were noted in this database, of all tenants';

GRANT UPDATE (changes) ON app.context_epoch TO zeroui_product_user;
