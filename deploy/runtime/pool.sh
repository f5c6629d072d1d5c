# One PgBouncer per plane in front of its database, in transaction mode: many clients share few connections. Sourced, never run.
# shellcheck shell=sh

pool_dir() { echo "$STATE/pool/$1"; }
pool_pid() { cat "$(pool_dir "$1")/pgbouncer.pid" 2>/dev/null; }
pool_running() { runs_in "$(pool_pid "$1")" "$(pool_dir "$1")"; }
pool_ready() { pool_running "$1" && "$PG_BIN/pg_isready" -q -t 2 -h 127.0.0.1 -p "$(port_of "pool-$1")"; }

# pool_database PLANE: the host of its database.
pool_database() { echo 127.0.0.1; }

# pool_start PLANE: its database must be up.
pool_start() {
  pool_ready "$1" && return 0
  pool_stop "$1"
  pool_log=$STATE/log/pool-$1.log
  own_folder "$(pool_dir "$1")"
  rotate_log "$pool_log"
  own_file "$pool_log"
  choose_port "pool-$1"
  pool_tries=10
  while :; do
    pool_configure "$1"
    (
      exec </dev/null >>"$pool_log" 2>&1
      # shellcheck disable=SC2016
      as_database sh -c 'cd "$0" && exec "$@"' "$(pool_dir "$1")" setsid "$ROOT/usr/sbin/pgbouncer" -q pgbouncer.ini
    ) &
    pool_wait $! "$1" && return 0
    [ $((pool_tries -= 1)) -gt 0 ] && port_taken "$(port_of "pool-$1")" ||
      die "the connection pool of plane $1 did not start" "its log $pool_log ends with:" "$(tail -n 8 "$pool_log")"
    replace_port "pool-$1" "$(port_of "pool-$1")"
  done
}

# pool_wait SHELL_PID PLANE
pool_wait() {
  pool_polls=300
  while [ $((pool_polls -= 1)) -gt 0 ]; do
    pool_ready "$2" && return 0
    kill -0 "$1" 2>/dev/null || return 1
    sleep 0.1
  done
  return 1
}

# The serving and the reading login only: who migrates or administers goes to the database itself.
pool_configure() {
  pool_users=$(pool_dir "$1")/users.txt pool_ini=$(pool_dir "$1")/pgbouncer.ini
  (
    umask 077
    for pool_login in user analytics; do
      pool_name=zeroui_$1_$pool_login
      [ "$pool_login" = user ] || pool_name=zeroui_$1_analytics_ro
      echo "\"$pool_name\" \"$(secret "pg_$1_$pool_login")\""
    done >"$pool_users"
    cat >"$pool_ini" <<CONF
; Written by deploy/runtime at every start.
[databases]
zeroui_$1_pg = host=$(pool_database "$1") port=$(port_of "$1")
[pgbouncer]
listen_addr = $LISTEN
listen_port = $(port_of "pool-$1")
unix_socket_dir =
pidfile = $(pool_dir "$1")/pgbouncer.pid
auth_type = scram-sha-256
auth_file = $pool_users
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
CONF
  )
  own_file "$pool_users"
  own_file "$pool_ini"
}

# SIGQUIT ends it at once: what its clients had open is rolled back, and they connect again.
pool_stop() {
  pool_running "$1" || return 0
  pool_old=$(pool_pid "$1")
  kill -QUIT "$pool_old" 2>/dev/null
  wait_gone "$pool_old" "$(pool_dir "$1")" 10 || kill_tree "$pool_old"
  rm -f "$(pool_dir "$1")/pgbouncer.pid"
}
