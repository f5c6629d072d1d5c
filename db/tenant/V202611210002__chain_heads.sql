-- The newest link of every hash chain, so that the next one needs no search.

CREATE TABLE app.chain_heads (
    tenant_id  text        NOT NULL,
    chain_id   text        NOT NULL,
    position   bigint      NOT NULL CHECK (position > 0),
    hash       bytea       NOT NULL CHECK (octet_length(hash) = 32),
    chain_hash bytea       NOT NULL CHECK (octet_length(chain_hash) = 32),
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, chain_id)
);

COMMENT ON TABLE app.chain_heads IS 'Newest link of each hash chain; follows app.receipts_index in the same transaction';
COMMENT ON COLUMN app.chain_heads.tenant_id IS 'Tenant of the chain';
COMMENT ON COLUMN app.chain_heads.chain_id IS '{tenant_id}:{plane}:{environment}:{emitter_service}';
COMMENT ON COLUMN app.chain_heads.position IS 'chain_position of the newest link';
COMMENT ON COLUMN app.chain_heads.hash IS 'hash of the newest link: the prev_hash of the next one';
COMMENT ON COLUMN app.chain_heads.chain_hash IS 'chain_hash of the newest link';
COMMENT ON COLUMN app.chain_heads.created_at IS 'When the chain began in this database';
COMMENT ON COLUMN app.chain_heads.updated_at IS 'When the newest link was added';

GRANT SELECT, INSERT, UPDATE ON app.chain_heads TO zeroui_tenant_user;
