-- Who read which evidence. In the schema that a rebuild does not touch: these records are computed from nothing. That is also
-- why everything here may be there already.

CREATE TABLE IF NOT EXISTS access.evidence_reads (
    id               bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id        text        NOT NULL,
    accessed_at      timestamptz NOT NULL,
    subject          text        NOT NULL,
    action           text        NOT NULL CHECK (action <> ''),
    target           text        NOT NULL,
    requests         bigint      NOT NULL CHECK (requests > 0),
    results          bigint      NOT NULL CHECK (results >= 0),
    first_request_id text        NOT NULL,
    created_at       timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX IF NOT EXISTS evidence_reads_tenant ON access.evidence_reads (tenant_id, id);

COMMENT ON TABLE access.evidence_reads IS 'Who read which evidence of a tenant; rows are added and never changed';
COMMENT ON COLUMN access.evidence_reads.id IS 'Order of writing';
COMMENT ON COLUMN access.evidence_reads.tenant_id IS 'Whose evidence';
COMMENT ON COLUMN access.evidence_reads.accessed_at IS 'When, of several the first';
COMMENT ON COLUMN access.evidence_reads.subject IS 'By whom: key:{key id} or token:{sub}';
COMMENT ON COLUMN access.evidence_reads.action IS 'What was done, for example search';
COMMENT ON COLUMN access.evidence_reads.target IS 'Which receipt or batch, or what was asked for; shortened where it is long';
COMMENT ON COLUMN access.evidence_reads.requests IS 'How often within about a second';
COMMENT ON COLUMN access.evidence_reads.results IS 'Receipts that the answers had, together';
COMMENT ON COLUMN access.evidence_reads.first_request_id IS 'Id of the first of these requests, as in the log';
COMMENT ON COLUMN access.evidence_reads.created_at IS 'When the row was written';

CREATE OR REPLACE TRIGGER evidence_reads_are_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON access.evidence_reads
    FOR EACH STATEMENT EXECUTE FUNCTION access.refuse_change();

GRANT SELECT, INSERT ON access.evidence_reads TO zeroui_tenant_user;

ALTER TABLE access.evidence_reads ENABLE ROW LEVEL SECURITY;
ALTER TABLE access.evidence_reads FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS tenant_rows ON access.evidence_reads;
CREATE POLICY tenant_rows ON access.evidence_reads
    USING (tenant_id = NULLIF(current_setting('app.current_tenant_id', true), ''))
    WITH CHECK (tenant_id = NULLIF(current_setting('app.current_tenant_id', true), ''));
DROP POLICY IF EXISTS plane_insert ON access.evidence_reads;
CREATE POLICY plane_insert ON access.evidence_reads FOR INSERT TO zeroui_tenant_user
    WITH CHECK (COALESCE(current_setting('app.plane_scope', true) = 'plane', false));
