-- How a tenant's rows shall be kept apart from others'. The schema outlives a rebuild, so the columns may be there already.

ALTER TABLE registry.tenants
    ADD COLUMN IF NOT EXISTS tier text NOT NULL DEFAULT 'shared' CHECK (tier IN ('shared', 'schema', 'database')),
    ADD COLUMN IF NOT EXISTS database_name text CHECK (database_name ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$');

COMMENT ON COLUMN registry.tenants.tier IS 'shared: tables of all; schema: tables of its own; database: a database of its own';
COMMENT ON COLUMN registry.tenants.database_name IS 'For the tier database: its name in the settings of the plane that keeps the rows; never an address';

GRANT UPDATE (tier, database_name) ON registry.tenants TO zeroui_product_user;
