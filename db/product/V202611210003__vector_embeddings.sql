-- Embeddings for the context service. The extension is created by the administrator together with the database.

CREATE TABLE app.vector_embeddings (
    tenant_id    text         NOT NULL CHECK (tenant_id <> ''),
    embedding_id text         NOT NULL,
    source_type  text         NOT NULL,
    source_id    text         NOT NULL,
    embedding    vector(1536) NOT NULL,
    metadata     jsonb        NOT NULL DEFAULT '{}',
    created_at   timestamptz  NOT NULL DEFAULT now(),
    updated_at   timestamptz  NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, embedding_id)
);

CREATE INDEX vector_embeddings_source ON app.vector_embeddings (tenant_id, source_type, source_id);
CREATE INDEX vector_embeddings_cosine ON app.vector_embeddings USING hnsw (embedding vector_cosine_ops);

COMMENT ON TABLE app.vector_embeddings IS
    'Embeddings of context snapshots for similarity search; vectors and references only, never the text itself';
COMMENT ON COLUMN app.vector_embeddings.tenant_id IS 'Whose context';
COMMENT ON COLUMN app.vector_embeddings.embedding_id IS 'Name of the embedding within the tenant';
COMMENT ON COLUMN app.vector_embeddings.source_type IS 'What was embedded, for example context_snapshot';
COMMENT ON COLUMN app.vector_embeddings.source_id IS 'Id of what was embedded';
COMMENT ON COLUMN app.vector_embeddings.embedding IS 'The vector; nearest by cosine distance';
COMMENT ON COLUMN app.vector_embeddings.metadata IS 'Open attributes to filter by';
COMMENT ON COLUMN app.vector_embeddings.created_at IS 'When it was stored';
COMMENT ON COLUMN app.vector_embeddings.updated_at IS 'When its row changed last';

GRANT SELECT, INSERT, UPDATE, DELETE ON app.vector_embeddings TO zeroui_product_user;
