-- The planner takes "a setting equals a text" for a condition that one row in two hundred meets, and then reads and sorts a
-- whole queue where following its key would do. COALESCE says the same and is estimated at one half.
DO $$
DECLARE
    policy record;
BEGIN
    FOR policy IN
        SELECT policyname, schemaname, tablename, cmd
          FROM pg_policies
         WHERE qual = '(current_setting(''app.plane_scope''::text, true) = ''plane''::text)'
            OR with_check = '(current_setting(''app.plane_scope''::text, true) = ''plane''::text)'
    LOOP
        EXECUTE format('ALTER POLICY %I ON %I.%I', policy.policyname, policy.schemaname, policy.tablename)
            || CASE WHEN policy.cmd = 'INSERT' THEN ''
                    ELSE ' USING (COALESCE(current_setting(''app.plane_scope'', true) = ''plane'', false))' END
            || CASE WHEN policy.cmd IN ('INSERT', 'UPDATE')
                    THEN ' WITH CHECK (COALESCE(current_setting(''app.plane_scope'', true) = ''plane'', false))' ELSE '' END;
    END LOOP;
END
$$;
