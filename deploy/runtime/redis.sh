# Redis: configure, start, stop. Sourced, never run.
# shellcheck shell=sh

redis_dir() { echo "$STATE/redis"; }
redis_pid() { cat "$(redis_dir)/redis.pid" 2>/dev/null; }
redis_running() { runs_in "$(redis_pid)" "$(redis_dir)"; }
redis_ready() { redis_running && [ "$(redis_ping)" = PONG ]; }
redis_ping() { redis_ask ping; }
redis_ask() { REDISCLI_AUTH=$(secret redis) "$ROOT/usr/bin/redis-cli" -h 127.0.0.1 -p "$(port_of redis)" "$@" 2>/dev/null; }

redis_start() {
  redis_ready && return 0
  redis_log=$STATE/log/redis.log
  own_folder "$(redis_dir)"
  rotate_log "$redis_log"
  own_file "$redis_log"
  redis_tries=10
  while :; do
    redis_configure
    redis_log_start=$(($(wc -c <"$redis_log") + 1))
    rm -f "$(redis_dir)/redis.pid"
    # exec, not a redirected call: a shell keeps what it redirects open, and a caller's pipe would never end.
    (
      exec </dev/null >>"$redis_log" 2>&1
      as_database setsid "$ROOT/usr/bin/redis-server" "$(redis_dir)/redis.conf"
    ) &
    redis_wait $! && return 0
    if [ $((redis_tries -= 1)) -gt 0 ] && tail -c "+$redis_log_start" "$redis_log" | grep -qi 'address already in use'; then
      replace_port redis "$(port_of redis)"
    else
      die 'Redis did not start' "its log $redis_log ends with:" "$(tail -c "+$redis_log_start" "$redis_log" | tail -n 8)"
    fi
  done
}

# redis_wait SHELL_PID: until it answers (it first loads its file); fails when the process has ended.
redis_wait() {
  redis_polls=1200
  while [ $((redis_polls -= 1)) -gt 0 ]; do
    kill -0 "$1" 2>/dev/null || return 1
    redis_ready && return 0
    sleep 0.1
  done
  return 1
}

# redis_users: the ACL file: the logins of ../redis/users.acl with the hashes of their passwords, then those that were added
# to a running Redis and saved (an edge's).
redis_users() {
  set -- -e "s/{password-hash:default}/$(secret_hash redis)/"
  for acl_plane in $PLANES; do set -- "$@" -e "s/{password-hash:$acl_plane}/$(secret_hash "redis_$acl_plane")/"; done
  sed "$@" "$RUNTIME_DIR/../redis/users.acl"
  [ ! -f "$(redis_dir)/users.acl" ] || awk 'NR == FNR { ours[$2]; next } $1 == "user" && !($2 in ours)' \
    "$RUNTIME_DIR/../redis/users.acl" "$(redis_dir)/users.acl"
}

secret_hash() { printf %s "$(secret "$1")" | sha256sum | cut -c1-64; }

redis_write_users() {
  redis_acl=$(redis_dir)/users.acl
  (umask 077 && redis_users >"$redis_acl.tmp") && own_file "$redis_acl.tmp" && mv -f "$redis_acl.tmp" "$redis_acl"
}

# redis_refresh_users: gives a Redis that runs already the logins of this version, where they differ.
redis_refresh_users() {
  redis_users | cmp -s - "$(redis_dir)/users.acl" && return 0
  redis_write_users
  [ "$(redis_ask ACL LOAD)" = OK ] || die 'Redis did not take its new logins' "see $STATE/log/redis.log"
}

redis_configure() {
  redis_write_users || die "cannot write $(redis_dir)/users.acl"
  redis_conf=$(redis_dir)/redis.conf
  (
    umask 077
    cat >"$redis_conf" <<CONF
# Written by deploy/runtime at every start.
bind $LISTEN
port $(port_of redis)
protected-mode yes
daemonize no
dir $(redis_dir)
pidfile $(redis_dir)/redis.pid
aclfile $redis_acl
appendonly yes
appendfsync everysec
save ""
maxmemory 512mb
maxmemory-policy noeviction
maxclients 1000
tcp-backlog 128
loglevel notice
CONF
  )
  own_file "$redis_conf"
}

redis_signal_stop() { redis_running && kill -TERM "$(redis_pid)"; }

redis_wait_stop() {
  wait_gone "$(redis_pid)" "$(redis_dir)" 20 && return 0
  say 'Redis does not stop within 20 s, killing it (it reads its file at the next start)'
  kill_tree "$(redis_pid)"
}
