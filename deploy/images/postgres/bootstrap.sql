-- Logins, database, schema and extensions of one plane; the same as deploy/runtime makes. May run twice.
-- Plane and passwords come from the environment, so that no process list shows them.
\set ON_ERROR_STOP on
\getenv owner_password ZEROUI_OWNER_PASSWORD
\getenv user_password ZEROUI_USER_PASSWORD
\getenv reader_password ZEROUI_ANALYTICS_PASSWORD
\set owner `printf 'zeroui_%s_owner' "$ZEROUI_PLANE"`
\set user `printf 'zeroui_%s_user' "$ZEROUI_PLANE"`
\set reader `printf 'zeroui_%s_analytics_ro' "$ZEROUI_PLANE"`
\set database `printf 'zeroui_%s_pg' "$ZEROUI_PLANE"`
\set schema `[ "$ZEROUI_PLANE" = ide ] && echo core || echo app`
SET client_min_messages = warning;
SET log_min_duration_statement = -1;
SET log_min_error_statement = panic;

SELECT format('CREATE ROLE %I LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS', r)
  FROM unnest(ARRAY[:'owner', :'user', :'reader']) AS r WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = r) \gexec
ALTER ROLE :"owner" PASSWORD :'owner_password';
ALTER ROLE :"user" PASSWORD :'user_password';
ALTER ROLE :"reader" PASSWORD :'reader_password';
ALTER ROLE :"reader" SET default_transaction_read_only = on;
SELECT format('CREATE DATABASE %I OWNER %I', :'database', :'owner')
 WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'database') \gexec
REVOKE ALL ON DATABASE :"database", postgres FROM PUBLIC;
GRANT CONNECT ON DATABASE :"database" TO :"user", :"reader";

\connect :"database"
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS pgcrypto;
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS pg_stat_statements;
SELECT 'CREATE EXTENSION IF NOT EXISTS vector' WHERE :'database' = 'zeroui_product_pg' \gexec
CREATE SCHEMA IF NOT EXISTS :"schema" AUTHORIZATION :"owner";
GRANT USAGE ON SCHEMA :"schema" TO :"user";
