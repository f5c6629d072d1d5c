-- A transaction sees and writes the rows of the tenant that it names, and none when it names none. With app.plane_scope
-- the plane reads which sequences are counted, for its totals.

ALTER TABLE app.evidence_applied ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.evidence_applied FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_rows ON app.evidence_applied
    USING (tenant_id = NULLIF(current_setting('app.current_tenant_id', true), ''))
    WITH CHECK (tenant_id = NULLIF(current_setting('app.current_tenant_id', true), ''));
CREATE POLICY plane_select ON app.evidence_applied FOR SELECT TO zeroui_product_user
    USING (current_setting('app.plane_scope', true) = 'plane');

ALTER TABLE app.receipt_counts ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.receipt_counts FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_rows ON app.receipt_counts
    USING (tenant_id = NULLIF(current_setting('app.current_tenant_id', true), ''))
    WITH CHECK (tenant_id = NULLIF(current_setting('app.current_tenant_id', true), ''));

ALTER TABLE app.vector_embeddings ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.vector_embeddings FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_rows ON app.vector_embeddings
    USING (tenant_id = NULLIF(current_setting('app.current_tenant_id', true), ''))
    WITH CHECK (tenant_id = NULLIF(current_setting('app.current_tenant_id', true), ''));
