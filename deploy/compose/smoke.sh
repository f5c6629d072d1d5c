# What the seed's smoke test checks, and that every part runs with as few rights as it should. Sourced by verify.sh.
# shellcheck shell=bash

in_redis() { docker exec "$(container redis)" redis-cli "$@"; }

# sql PLANE LOGIN STATEMENT: over TCP with the password, as a service would.
sql() {
  local name password
  name=$(upper "$1") && password=$(setting "ZEROUI_${name}_$(upper "$2")_PASSWORD")
  docker exec -e PGPASSWORD="$password" -e PGCONNECT_TIMEOUT=5 "$(container "postgres-$1")" \
    psql -qXAt -v ON_ERROR_STOP=1 -h 127.0.0.1 -U "zeroui_$1_$2" -d "zeroui_$1_pg" -c "$3"
}

# http PORT PATH [HEADER]: the status code of a GET to the published port.
http() {
  local code
  exec 3<>"/dev/tcp/127.0.0.1/$1" || return 1
  printf 'GET %s HTTP/1.0\r\nHost: localhost\r\n%s\r\n' "$2" "${3:+$3$'\r\n'}" >&3
  read -r -t 10 _ code _ <&3
  exec 3>&-
  printf %s "$code"
}

port_open() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }
same() { [ "$1" = "$2" ]; }

smoke_databases() {
  local plane name port
  for plane in "${PLANES[@]}"; do
    name=$(upper "$plane")
    expect "$plane: the serving login answers" sql "$plane" user 'SELECT 1'
    port=$(setting "ZEROUI_${name}_DB_PORT")
    expect "$plane: the port $port is published" port_open "$port"
    refuse "$plane: the serving login makes no table" sql "$plane" user 'CREATE TABLE public.x (y int)'
    expect "$plane: the serving login is no superuser and obeys row-level security" same f \
      "$(sql "$plane" user 'SELECT rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb FROM pg_roles WHERE rolname = current_user')"
    refuse "$plane: no login without its password" docker exec -e PGPASSWORD=wrong "$(container "postgres-$plane")" \
      psql -qX -h 127.0.0.1 -U "zeroui_${plane}_user" -d "zeroui_${plane}_pg" -c 'SELECT 1'
  done
  expect "product: pgvector computes a distance" same 5 "$(sql product user "SELECT '[1,2]'::vector <-> '[4,6]'::vector")"
}

# pooled PLANE USER PASSWORD STATEMENT: by way of the plane's connection pool, from the database's container.
pooled() {
  docker exec -e PGPASSWORD="$3" -e PGCONNECT_TIMEOUT=5 "$(container "postgres-$1")" \
    psql -qXAt -v ON_ERROR_STOP=1 -h "pool-$1" -p 6432 -U "$2" -d "zeroui_$1_pg" -c "$4"
}

smoke_pools() {
  local plane name login
  for plane in "${PLANES[@]}"; do
    name=$(upper "$plane") login=$(setting "ZEROUI_$(upper "$plane")_USER_PASSWORD")
    expect "$plane: the pool lets the serving login in" pooled "$plane" "zeroui_${plane}_user" "$login" 'SELECT 1'
    expect "$plane: the pool lets the reading login in" pooled "$plane" "zeroui_${plane}_analytics_ro" \
      "$(setting "ZEROUI_${name}_ANALYTICS_PASSWORD")" 'SELECT 1'
    refuse "$plane: the pool lets nobody in without the password" pooled "$plane" "zeroui_${plane}_user" wrong 'SELECT 1'
    refuse "$plane: the pool knows no owner" pooled "$plane" "zeroui_${plane}_owner" "$(setting "ZEROUI_${name}_OWNER_PASSWORD")" 'SELECT 1'
    refuse "$plane: the pool knows no administrator" pooled "$plane" zeroui_admin "$(setting "ZEROUI_${name}_ADMIN_PASSWORD")" 'SELECT 1'
    pooled "$plane" "zeroui_${plane}_user" "$login" "BEGIN; SELECT set_config('app.current_tenant_id', 'a', true); COMMIT" >/dev/null
    expect "$plane: the pool keeps no setting of a transaction that is over" same '' \
      "$(pooled "$plane" "zeroui_${plane}_user" "$login" "SELECT current_setting('app.current_tenant_id', true)")"
    expect "$plane: the port of the pool is published" port_open "$(setting "ZEROUI_${name}_POOL_PORT")"
  done
}

smoke_redis() {
  local entry
  expect 'redis: answers PING' same PONG "$(in_redis PING)"
  entry=$(in_redis XADD zeroui:events '*' event_type test data '{"test": true}')
  expect "redis: zeroui:events takes and gives an entry" grep -q event_type <<<"$(in_redis XRANGE zeroui:events "$entry" "$entry")"
  in_redis XDEL zeroui:events "$entry" >/dev/null
  expect 'redis: appends to its file (AOF)' same yes "$(in_redis CONFIG GET appendonly | tail -n 1)"
  smoke_redis_logins
  refuse 'redis: no answer without the password' grep -q PONG \
    <<<"$(docker exec "$(container redis)" env -u REDISCLI_AUTH redis-cli PING 2>&1)"
}

# as_plane PLANE COMMAND…: with the plane's own login; -e makes an error the exit code.
as_plane() {
  local plane=$1 password
  shift
  password=$(setting "ZEROUI_$(upper "$plane")_REDIS_PASSWORD")
  docker exec -e REDISCLI_AUTH="$password" "$(container redis)" redis-cli -e --user "zeroui-$plane" "$@"
}

smoke_redis_logins() {
  local plane
  for plane in "${PLANES[@]}"; do
    expect "redis: the login of $plane answers" as_plane "$plane" PING
    expect "redis: $plane sees the length of its own channel" as_plane "$plane" XLEN "zeroui:$plane-telemetry"
    refuse "redis: $plane lists no keys" as_plane "$plane" KEYS '*'
    refuse "redis: $plane does not write to zeroui:events" as_plane "$plane" XADD zeroui:events '*' event_type test
    refuse "redis: $plane reads no stream without its group" as_plane "$plane" XRANGE "zeroui:$plane-telemetry" - +
    refuse "redis: the operators' password is not in the environment of $plane" \
      grep -q "$(setting ZEROUI_REDIS_PASSWORD)" <<<"$(docker exec "$(container "$plane-plane-service")" env)"
  done
  refuse 'redis: shared does not write receipts' as_plane shared XADD zeroui:ide-receipts:_ '*' n 1
}

smoke_services() {
  local plane name service path
  for plane in "${PLANES[@]}"; do
    name=$(upper "$plane") service=$(container "$plane-plane-service")
    for path in /q/health/ready /q/metrics /q/openapi; do
      expect "$plane: GET $path is 200" same 200 \
        "$(http "$(setting "ZEROUI_${name}_HTTP_PORT")" "$path" "Authorization: Bearer $(setting ZEROUI_ADMIN_KEY)")"
    done
    for path in /v1/status /q/metrics; do
      expect "$plane: GET $path is 401 without a credential" same 401 "$(http "$(setting "ZEROUI_${name}_HTTP_PORT")" "$path")"
    done
    expect "$plane: runs as an ordinary user" same "$(setting ZEROUI_UID)" "$(docker exec "$service" id -u)"
    refuse "$plane: cannot write beside its folders" docker exec "$service" sh -c ': >/zu_root/x || : >/opt/zeroui/x'
    expect "$plane: writes its own part of ZU_ROOT" \
      docker exec "$service" sh -c ": >/zu_root/$plane/.probe && rm /zu_root/$plane/.probe"
  done
}
