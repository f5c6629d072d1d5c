-- A transaction sees and writes the rows of the tenant that it names, and none when it names none. Indexing, the relay
-- and the question whether an id is free, which is asked over all tenants, say so with app.plane_scope.

ALTER TABLE core.receipts_index ENABLE ROW LEVEL SECURITY;
ALTER TABLE core.receipts_index FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_rows ON core.receipts_index
    USING (tenant_id = NULLIF(current_setting('app.current_tenant_id', true), ''))
    WITH CHECK (tenant_id = NULLIF(current_setting('app.current_tenant_id', true), ''));
CREATE POLICY plane_select ON core.receipts_index FOR SELECT TO zeroui_ide_user
    USING (current_setting('app.plane_scope', true) = 'plane');
CREATE POLICY plane_insert ON core.receipts_index FOR INSERT TO zeroui_ide_user
    WITH CHECK (current_setting('app.plane_scope', true) = 'plane');
CREATE POLICY plane_update ON core.receipts_index FOR UPDATE TO zeroui_ide_user
    USING (current_setting('app.plane_scope', true) = 'plane')
    WITH CHECK (current_setting('app.plane_scope', true) = 'plane');

ALTER TABLE core.outbox ENABLE ROW LEVEL SECURITY;
ALTER TABLE core.outbox FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_rows ON core.outbox
    USING (tenant_id = NULLIF(current_setting('app.current_tenant_id', true), ''))
    WITH CHECK (tenant_id = NULLIF(current_setting('app.current_tenant_id', true), ''));
CREATE POLICY plane_select ON core.outbox FOR SELECT TO zeroui_ide_user
    USING (current_setting('app.plane_scope', true) = 'plane');
CREATE POLICY plane_insert ON core.outbox FOR INSERT TO zeroui_ide_user
    WITH CHECK (current_setting('app.plane_scope', true) = 'plane');
CREATE POLICY plane_update ON core.outbox FOR UPDATE TO zeroui_ide_user
    USING (current_setting('app.plane_scope', true) = 'plane')
    WITH CHECK (current_setting('app.plane_scope', true) = 'plane');
CREATE POLICY plane_delete ON core.outbox FOR DELETE TO zeroui_ide_user
    USING (current_setting('app.plane_scope', true) = 'plane');
