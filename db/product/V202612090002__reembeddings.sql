-- Collections that are made anew with the vectors of another model, beside the one that is used meanwhile.

CREATE TABLE app.vector_reembeddings (
    tenant_id   text        NOT NULL CHECK (tenant_id ~ '^[a-z0-9]([a-z0-9-]{0,98}[a-z0-9])?$'),
    job_id      uuid        NOT NULL,
    alias       text        NOT NULL COLLATE "C",
    source      text        NOT NULL COLLATE "C",
    target      text        NOT NULL COLLATE "C",
    provider    text        NOT NULL,
    state       text        NOT NULL CHECK (state IN ('running', 'done', 'failed')),
    pass        integer     NOT NULL DEFAULT 1 CHECK (pass > 0),
    pass_began  timestamptz NOT NULL DEFAULT now(),
    next_point  text        COLLATE "C",
    seen        bigint      NOT NULL DEFAULT 0 CHECK (seen >= 0),
    changed     bigint      NOT NULL DEFAULT 0 CHECK (changed >= 0),
    embedded    bigint      NOT NULL DEFAULT 0 CHECK (embedded >= 0),
    skipped     bigint      NOT NULL DEFAULT 0 CHECK (skipped >= 0),
    points      bigint      NOT NULL CHECK (points >= 0),
    failures    integer     NOT NULL DEFAULT 0 CHECK (failures >= 0),
    failure     text,
    leased_to   timestamptz NOT NULL DEFAULT now(),
    created_at  timestamptz NOT NULL DEFAULT now(),
    updated_at  timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, job_id)
);

CREATE UNIQUE INDEX vector_reembeddings_running ON app.vector_reembeddings (tenant_id, alias) WHERE state = 'running';
CREATE INDEX vector_reembeddings_due ON app.vector_reembeddings (leased_to) WHERE state = 'running';

COMMENT ON TABLE app.vector_reembeddings IS 'Re-embeddings of collections, by tenant: what is done and where they go on';
COMMENT ON COLUMN app.vector_reembeddings.tenant_id IS 'Whose collection';
COMMENT ON COLUMN app.vector_reembeddings.job_id IS 'Which job';
COMMENT ON COLUMN app.vector_reembeddings.alias IS 'The alias that means the target at the end';
COMMENT ON COLUMN app.vector_reembeddings.source IS 'Collection that is read';
COMMENT ON COLUMN app.vector_reembeddings.target IS 'Collection that is written';
COMMENT ON COLUMN app.vector_reembeddings.provider IS 'What makes the vectors';
COMMENT ON COLUMN app.vector_reembeddings.state IS 'running, done or failed';
COMMENT ON COLUMN app.vector_reembeddings.pass IS 'Which reading of the source; those after the first bring what was written meanwhile';
COMMENT ON COLUMN app.vector_reembeddings.pass_began IS 'When the pass began: what was written since may have been missed by it';
COMMENT ON COLUMN app.vector_reembeddings.next_point IS 'Where the pass goes on; null at its beginning';
COMMENT ON COLUMN app.vector_reembeddings.seen IS 'Points that the pass has looked at';
COMMENT ON COLUMN app.vector_reembeddings.changed IS 'Points that the pass has written or deleted';
COMMENT ON COLUMN app.vector_reembeddings.embedded IS 'Texts that were embedded, over all passes';
COMMENT ON COLUMN app.vector_reembeddings.skipped IS 'Points without a text that the pass has seen: they cannot be embedded';
COMMENT ON COLUMN app.vector_reembeddings.points IS 'Points of the source at the beginning, about';
COMMENT ON COLUMN app.vector_reembeddings.failures IS 'How often in a row it could not go on';
COMMENT ON COLUMN app.vector_reembeddings.failure IS 'Why it could not go on, the last time';
COMMENT ON COLUMN app.vector_reembeddings.leased_to IS 'Until then somebody works on it';
COMMENT ON COLUMN app.vector_reembeddings.created_at IS 'When it was asked for';
COMMENT ON COLUMN app.vector_reembeddings.updated_at IS 'When it went on last';

ALTER TABLE app.vector_reembeddings ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.vector_reembeddings FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_rows ON app.vector_reembeddings
    USING (tenant_id = NULLIF(current_setting('app.current_tenant_id', true), ''))
    WITH CHECK (tenant_id = NULLIF(current_setting('app.current_tenant_id', true), ''));
CREATE POLICY plane_select ON app.vector_reembeddings FOR SELECT TO zeroui_product_user
    USING (COALESCE(current_setting('app.plane_scope', true) = 'plane', false));

GRANT SELECT, INSERT, DELETE ON app.vector_reembeddings TO zeroui_product_user;
GRANT UPDATE (state, pass, pass_began, next_point, seen, changed, embedded, skipped, failures, failure, leased_to, updated_at)
    ON app.vector_reembeddings TO zeroui_product_user;
