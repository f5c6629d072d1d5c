#!/bin/sh
# Writes the settings of a plane's connection pool and starts it: transaction mode, the serving and the reading login only;
# who migrates or administers goes to the database itself.
set -eu
die() { echo "zeroui: error: $1" >&2; exit 1; }
for variable in ZEROUI_PLANE ZEROUI_USER_PASSWORD ZEROUI_ANALYTICS_PASSWORD; do
  eval "[ -n \"\${$variable:-}\" ]" || die "$variable is not set; run deploy/compose/env.sh"
done
umask 077
cat >/run/pgbouncer/users.txt <<USERS
"zeroui_${ZEROUI_PLANE}_user" "$ZEROUI_USER_PASSWORD"
"zeroui_${ZEROUI_PLANE}_analytics_ro" "$ZEROUI_ANALYTICS_PASSWORD"
USERS
cat >/run/pgbouncer/pgbouncer.ini <<SETTINGS
[databases]
zeroui_${ZEROUI_PLANE}_pg = host=postgres-$ZEROUI_PLANE port=5432
[pgbouncer]
listen_addr = *
listen_port = 6432
unix_socket_dir =
auth_type = scram-sha-256
auth_file = /run/pgbouncer/users.txt
pool_mode = transaction
max_client_conn = 500
default_pool_size = 20
max_db_connections = 40
max_prepared_statements = 200
query_wait_timeout = 30
ignore_startup_parameters = extra_float_digits
server_tls_sslmode = disable
log_connections = 0
log_disconnections = 0
SETTINGS
unset ZEROUI_USER_PASSWORD ZEROUI_ANALYTICS_PASSWORD
exec pgbouncer /run/pgbouncer/pgbouncer.ini
