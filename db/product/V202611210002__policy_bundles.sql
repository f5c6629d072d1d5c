-- The policy bundle registry of the runtime document: references to snapshots, which are files.

CREATE TABLE app.policy_bundles (
    bundle_id       text        NOT NULL,
    version         text        NOT NULL CHECK (version ~ '^[a-z0-9][a-z0-9.-]*$'),
    snapshot_hash   text        NOT NULL CHECK (snapshot_hash ~ '^sha256:[0-9a-f]{64}$'),
    snapshot_path   text        NOT NULL CHECK (snapshot_path !~ '(^/|(^|/)\.\.(/|$))'),
    kid             text,
    status          text        NOT NULL DEFAULT 'draft'
        CHECK (status IN ('draft', 'released', 'superseded', 'revoked')),
    metadata        jsonb       NOT NULL DEFAULT '{}',
    created_at      timestamptz NOT NULL DEFAULT now(),
    updated_at      timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (bundle_id, version)
);

CREATE INDEX policy_bundles_snapshot_hash ON app.policy_bundles (snapshot_hash);

COMMENT ON TABLE app.policy_bundles IS
    'Registry of policy bundles: which snapshot a version stands for. The snapshots are files below ZU_ROOT/product';
COMMENT ON COLUMN app.policy_bundles.bundle_id IS 'Name of the bundle';
COMMENT ON COLUMN app.policy_bundles.version IS 'Version of the bundle';
COMMENT ON COLUMN app.policy_bundles.snapshot_hash IS 'sha256:{64 hex} of the snapshot';
COMMENT ON COLUMN app.policy_bundles.snapshot_path IS 'The snapshot''s file, relative to ZU_ROOT';
COMMENT ON COLUMN app.policy_bundles.kid IS 'Id of the key that signed it';
COMMENT ON COLUMN app.policy_bundles.status IS 'draft, released, superseded or revoked';
COMMENT ON COLUMN app.policy_bundles.metadata IS 'Open attributes';
COMMENT ON COLUMN app.policy_bundles.created_at IS 'When it was registered';
COMMENT ON COLUMN app.policy_bundles.updated_at IS 'When its row changed last';

GRANT SELECT, INSERT, UPDATE ON app.policy_bundles TO zeroui_product_user;
