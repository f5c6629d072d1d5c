# One PostgreSQL cluster per plane: create, start, stop. Sourced, never run.
# shellcheck shell=sh

plane_schema() { if [ "$1" = ide ]; then echo core; else echo app; fi; }
pg_dir() { echo "$STATE/pg/$1"; }
pg_pid() { head -n 1 "$(pg_dir "$1")/postmaster.pid" 2>/dev/null; }
pg_running() { runs_in "$(pg_pid "$1")" "$(pg_dir "$1")"; }
pg_ready() { pg_running "$1" && sed -n 8p "$(pg_dir "$1")/postmaster.pid" 2>/dev/null | grep -q ready; }

pg_start() {
  pg_ready "$1" && return 0
  pg_log=$STATE/log/pg-$1.log
  if [ ! -f "$(pg_dir "$1")/PG_VERSION" ]; then
    say "$1: creating the database cluster"
    pg_create "$1"
  fi
  rotate_log "$pg_log"
  own_file "$pg_log"
  pg_drop_stale_pid "$1"
  pg_tries=10
  while :; do
    pg_configure "$1"
    pg_log_start=$(($(wc -c <"$pg_log") + 1))
    if as_database "$PG_BIN/pg_ctl" -D "$(pg_dir "$1")" -w -t 120 -l "$pg_log" start >/dev/null 2>&1; then break; fi
    if [ $((pg_tries -= 1)) -gt 0 ] && tail -c "+$pg_log_start" "$pg_log" | grep -q 'could not bind'; then
      replace_port "$1" "$(port_of "$1")"
    else
      die "the $1 database did not start" "its log $pg_log ends with:" "$(tail -c "+$pg_log_start" "$pg_log" | tail -n 8)"
    fi
  done
  # What the marker says is what was made: a cluster of an older version gets the logins that it lacks.
  grep -qs analytics_ro "$STATE/pg/$1.made" || pg_bootstrap "$1"
}

# A cluster is built beside its place and moved there whole.
pg_create() {
  pg_new=$STATE/pg/$1.new
  rm -rf "$pg_new" "$STATE/pg/$1.made"
  own_folder "$pg_new"
  pg_pw=$STATE/run/$1.pw
  (umask 077 && secret "pg_$1_admin" >"$pg_pw") && own_file "$pg_pw"
  as_database "$PG_BIN/initdb" -D "$pg_new" -U zeroui_admin --pwfile="$pg_pw" -A scram-sha-256 -E UTF8 -k \
    --locale-provider=builtin --builtin-locale=C.UTF-8 --locale=C --no-instructions >"$STATE/log/initdb-$1.log" 2>&1 ||
    { rm -f "$pg_pw"; die "creating the $1 database cluster failed" "$(tail -n 5 "$STATE/log/initdb-$1.log")"; }
  rm -f "$pg_pw"
  echo "include 'zeroui.conf'" >>"$pg_new/postgresql.conf"
  mv "$pg_new" "$(pg_dir "$1")"
}

# Written at every start, so that a new version's settings reach old clusters.
pg_configure() {
  pg_conf=$(pg_dir "$1")/zeroui.conf
  cat >"$pg_conf.tmp" <<CONF
# Written by deploy/runtime at every start; put your own settings into postgresql.auto.conf (ALTER SYSTEM).
listen_addresses = '$LISTEN'
port = $(port_of "$1")
unix_socket_directories = ''
max_connections = 100
shared_preload_libraries = 'pg_stat_statements'
shared_buffers = '128MB'
effective_cache_size = '1GB'
work_mem = '8MB'
maintenance_work_mem = '128MB'
random_page_cost = 1.1
jit = off
max_parallel_workers_per_gather = 1
wal_level = replica
wal_compression = lz4
min_wal_size = '128MB'
max_wal_size = '1GB'
checkpoint_timeout = '10min'
max_wal_senders = 4
# Until a table that fills at once has statistics, many ids are looked up by the wrong index.
autovacuum_naptime = '10s'
idle_in_transaction_session_timeout = '60s'
track_io_timing = on
timezone = 'UTC'
log_timezone = 'UTC'
log_line_prefix = '%m [%p] %q%u@%d '
log_checkpoints = off
log_min_duration_statement = '1s'
log_parameter_max_length = 0
log_parameter_max_length_on_error = 0
CONF
  own_file "$pg_conf.tmp" && mv -f "$pg_conf.tmp" "$pg_conf"
}

# After kill -9 the pid file stays. PostgreSQL refuses to start if that id now belongs to a stranger, so the file goes;
# never while a process still works in the data folder.
pg_drop_stale_pid() {
  pg_pid=$(pg_pid "$1")
  [ -n "$pg_pid" ] || return 0
  for pg_cwd in /proc/[0-9]*/cwd; do
    [ "$(readlink "$pg_cwd" 2>/dev/null)" != "$(pg_dir "$1")" ] || return 0
  done
  rm -f "$(pg_dir "$1")/postmaster.pid"
}

# pg_sql PLANE DATABASE: runs standard input as the administrator.
pg_sql() {
  (
    PGPASSWORD=$(secret "pg_$1_admin") PGCONNECT_TIMEOUT=10 PGOPTIONS='-c client_min_messages=warning'
    export PGPASSWORD PGCONNECT_TIMEOUT PGOPTIONS
    exec "$PG_BIN/psql" -qXAt -v ON_ERROR_STOP=1 -h 127.0.0.1 -p "$(port_of "$1")" -U zeroui_admin -d "$2"
  )
}

# Logins, database, schema and extensions. May run twice: a crash in the middle is mended by the next start.
pg_bootstrap() {
  pg_db=zeroui_$1_pg pg_owner=zeroui_$1_owner pg_user=zeroui_$1_user pg_reader=zeroui_$1_analytics_ro
  pg_schema=$(plane_schema "$1")
  pg_sql "$1" postgres <<SQL || die "creating logins and database of plane $1 failed" "see $STATE/log/pg-$1.log"
SET log_min_duration_statement = -1;
SET log_min_error_statement = panic;
SET pg_stat_statements.track_utility = off;
SELECT format('CREATE ROLE %I LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS', r)
  FROM unnest(ARRAY['$pg_owner', '$pg_user', '$pg_reader']) AS r WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = r) \gexec
ALTER ROLE $pg_owner PASSWORD '$(secret "pg_$1_owner")';
ALTER ROLE $pg_user PASSWORD '$(secret "pg_$1_user")';
ALTER ROLE $pg_reader PASSWORD '$(secret "pg_$1_analytics")';
ALTER ROLE $pg_reader SET default_transaction_read_only = on;
SELECT 'CREATE DATABASE $pg_db OWNER $pg_owner'
  WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = '$pg_db') \gexec
REVOKE ALL ON DATABASE $pg_db, postgres FROM PUBLIC;
GRANT CONNECT ON DATABASE $pg_db TO $pg_user, $pg_reader;
SQL
  pg_vector=
  [ "$1" != product ] || pg_vector='CREATE EXTENSION IF NOT EXISTS vector;'
  pg_sql "$1" "$pg_db" <<SQL || die "creating the extensions of plane $1 failed" "see $STATE/log/pg-$1.log"
CREATE EXTENSION IF NOT EXISTS pgcrypto;
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS pg_stat_statements;
$pg_vector
CREATE SCHEMA IF NOT EXISTS $pg_schema AUTHORIZATION $pg_owner;
GRANT USAGE ON SCHEMA $pg_schema TO $pg_user;
SQL
  echo "owner user analytics_ro" >"$STATE/pg/$1.made"
}

pg_signal_stop() { pg_running "$1" && kill -INT "$(pg_pid "$1")"; }

pg_wait_stop() {
  pg_pid=$(pg_pid "$1")
  wait_gone "$pg_pid" "$(pg_dir "$1")" 30 && return 0
  say "$1: the database does not stop within 30 s, stopping it at once (it recovers at the next start)"
  kill -QUIT "$pg_pid" 2>/dev/null
  wait_gone "$pg_pid" "$(pg_dir "$1")" 10 || kill_tree "$pg_pid"
}
