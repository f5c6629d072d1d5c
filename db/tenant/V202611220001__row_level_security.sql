-- A transaction sees and writes the rows of the tenant that it names, and none when it names none. With app.plane_scope
-- the relay works on its outbox, and the plane reads its watermarks and, for a lookup by id alone, its index.

ALTER TABLE app.receipts_index ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.receipts_index FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_rows ON app.receipts_index
    USING (tenant_id = NULLIF(current_setting('app.current_tenant_id', true), ''))
    WITH CHECK (tenant_id = NULLIF(current_setting('app.current_tenant_id', true), ''));
CREATE POLICY plane_select ON app.receipts_index FOR SELECT TO zeroui_tenant_user
    USING (current_setting('app.plane_scope', true) = 'plane');

ALTER TABLE app.chain_heads ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.chain_heads FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_rows ON app.chain_heads
    USING (tenant_id = NULLIF(current_setting('app.current_tenant_id', true), ''))
    WITH CHECK (tenant_id = NULLIF(current_setting('app.current_tenant_id', true), ''));

ALTER TABLE app.ledger_watermarks ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.ledger_watermarks FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_rows ON app.ledger_watermarks
    USING (tenant_id = NULLIF(current_setting('app.current_tenant_id', true), ''))
    WITH CHECK (tenant_id = NULLIF(current_setting('app.current_tenant_id', true), ''));
CREATE POLICY plane_select ON app.ledger_watermarks FOR SELECT TO zeroui_tenant_user
    USING (current_setting('app.plane_scope', true) = 'plane');

ALTER TABLE app.outbox ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.outbox FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_rows ON app.outbox
    USING (tenant_id = NULLIF(current_setting('app.current_tenant_id', true), ''))
    WITH CHECK (tenant_id = NULLIF(current_setting('app.current_tenant_id', true), ''));
CREATE POLICY plane_select ON app.outbox FOR SELECT TO zeroui_tenant_user
    USING (current_setting('app.plane_scope', true) = 'plane');
CREATE POLICY plane_delete ON app.outbox FOR DELETE TO zeroui_tenant_user
    USING (current_setting('app.plane_scope', true) = 'plane');
