-- Keys and audit records belong to tenants too. The plane's own machinery reads and keeps keys before it knows whose they
-- are, and adds audit records for any tenant; a tenant's transaction sees its own. The schema outlives a rebuild, so all of
-- this may be there already.

ALTER TABLE access.api_keys ENABLE ROW LEVEL SECURITY;
ALTER TABLE access.api_keys FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS tenant_rows ON access.api_keys;
CREATE POLICY tenant_rows ON access.api_keys
    USING (tenant_id = NULLIF(current_setting('app.current_tenant_id', true), ''))
    WITH CHECK (tenant_id = NULLIF(current_setting('app.current_tenant_id', true), ''));
DROP POLICY IF EXISTS plane_select ON access.api_keys;
CREATE POLICY plane_select ON access.api_keys FOR SELECT TO zeroui_tenant_user
    USING (current_setting('app.plane_scope', true) = 'plane');
DROP POLICY IF EXISTS plane_insert ON access.api_keys;
CREATE POLICY plane_insert ON access.api_keys FOR INSERT TO zeroui_tenant_user
    WITH CHECK (current_setting('app.plane_scope', true) = 'plane');
DROP POLICY IF EXISTS plane_update ON access.api_keys;
CREATE POLICY plane_update ON access.api_keys FOR UPDATE TO zeroui_tenant_user
    USING (current_setting('app.plane_scope', true) = 'plane')
    WITH CHECK (current_setting('app.plane_scope', true) = 'plane');

ALTER TABLE access.audit ENABLE ROW LEVEL SECURITY;
ALTER TABLE access.audit FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS tenant_rows ON access.audit;
CREATE POLICY tenant_rows ON access.audit
    USING (tenant_id = NULLIF(current_setting('app.current_tenant_id', true), ''))
    WITH CHECK (tenant_id = NULLIF(current_setting('app.current_tenant_id', true), ''));
DROP POLICY IF EXISTS plane_insert ON access.audit;
CREATE POLICY plane_insert ON access.audit FOR INSERT TO zeroui_tenant_user
    WITH CHECK (current_setting('app.plane_scope', true) = 'plane');
