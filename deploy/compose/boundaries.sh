# Tries to cross every boundary from where a plane's service sits. Sourced by verify.sh, on a container engine, and by
# positions.sh, in network namespaces. A probe has the network of the container it speaks for (position).
# What must answer is probed the same way: a probe that reaches nothing at all would prove nothing.
# shellcheck shell=bash

# probe CONTAINER: reads lines `WANT HOST PORT TEXT…`, tries all at once, prints `RESULT WANT TEXT…`.
probe() {
  # shellcheck disable=SC2016
  position "$1" bash -c '
    while read -r want host port text; do
      { if timeout 3 bash -c "exec 3<>/dev/tcp/$host/$port" 2>/dev/null; then result=open; else result=shut; fi
        printf "%s %s %s (%s:%s)\n" "$result" "$want" "$text" "$host" "$port"; } &
    done
    wait'
}

# probes CONTAINER: reads targets, judges each of them; one that gave no result is a failure too.
probes() {
  local wanted result want text seen=0
  wanted=$(sort -u)
  while read -r result want text; do
    seen=$((seen + 1))
    if [ "$result" = "$want" ]; then pass "$text is $result"; else fail "$text is $result, must be $want"; fi
  done < <(probe "$1" <<<"$wanted" | sort -k3)
  expect "$1: all $(wc -l <<<"$wanted") probes gave a result" test "$seen" = "$(wc -l <<<"$wanted")"
}

# targets WANT PART PORT TEXT NAME…: the part by each name and by each of its addresses.
targets() {
  local want=$1 part=$2 port=$3 text=$4 host
  shift 4
  for host in "$@" $(addresses "$part"); do echo "$want $host $port $text"; done
}

# published FROM OTHER: the other plane's published ports through every address of this machine.
published() {
  local name gateway
  name=$(upper "$2")
  for gateway in $(docker inspect --format '{{range .NetworkSettings.Networks}}{{.Gateway}} {{end}}' "$(container "$1")") \
    $(hostname -I 2>/dev/null | tr ' ' '\n' | grep -v : | head -n 3); do
    echo "shut $gateway $(setting "ZEROUI_${name}_DB_PORT") $1 -> $2's published database port"
    echo "shut $gateway $(setting "ZEROUI_${name}_POOL_PORT") $1 -> $2's published port of its pool"
    echo "shut $gateway $(setting "ZEROUI_${name}_HTTP_PORT") $1 -> $2's published service port"
  done
}

# own PLANE, foreign_stores FROM OTHER, foreign FROM OTHER: what must answer, and what must not.
own() {
  echo "open postgres-$1 5432 $1 -> its own database"
  echo "open pool-$1 6432 $1 -> its own connection pool"
  echo "open redis 6379 $1 -> redis"
}

foreign_stores() {
  local other=$2
  targets shut "postgres-$other" 5432 "$1 -> $other's database" \
    "postgres_$other" "postgres-$other" "$(container "postgres-$other")"
  targets shut "pool-$other" 6432 "$1 -> $other's connection pool" "pool_$other" "pool-$other" "$(container "pool-$other")"
}

foreign() {
  local other=$2
  foreign_stores "$1" "$other"
  targets shut "$other-plane-service" "$(inner_port "$other")" "$1 -> $other's service" \
    "$other-plane-service" "$(container "$other-plane-service")"
}

inner_port() { case $1 in ide) echo 8086 ;; tenant) echo 8083 ;; product) echo 8084 ;; shared) echo 8085 ;; esac; }

boundaries_of_service() {
  local plane=$1 other
  probes "$plane-plane-service" < <(
    own "$plane"
    for other in "${PLANES[@]}"; do
      [ "$other" = "$plane" ] || { foreign "$plane" "$other" && published "$plane-plane-service" "$other"; }
    done
  )
}

# Redis and the databases are no bridge to another plane either.
boundaries_of_stores() {
  local plane other
  probes redis < <(for plane in "${PLANES[@]}"; do foreign redis "$plane"; done | grep database)
  for plane in "${PLANES[@]}"; do
    probes "postgres-$plane" < <(
      for other in "${PLANES[@]}"; do [ "$other" = "$plane" ] || foreign "$plane's database" "$other"; done
    )
  done
}

# No service reaches the world. The name server of this machine stands for it, where an ordinary container can reach that.
boundaries_of_world() {
  local plane outside
  outside=$(sed -n 's/^nameserver \([0-9.]*\)$/\1/p' /etc/resolv.conf | grep -v '^127\.' | head -n 1)
  if [ -z "$outside" ] || ! docker run --rm --entrypoint timeout "zeroui/postgres:${ZEROUI_TAG:-local}" 3 \
    bash -c "exec 3<>/dev/tcp/$outside/53" 2>/dev/null; then
    say '  (no address outside answers an ordinary container either: the way into the world is not tried)'
    return
  fi
  for plane in "${PLANES[@]}"; do
    probes "$plane-plane-service" <<<"shut $outside 53 $plane -> an address outside of this machine"
  done
}

# What a service can see besides the network: its environment and its mounts.
boundaries_of_settings() {
  local plane other service mounts
  for plane in "${PLANES[@]}"; do
    service=$(container "$plane-plane-service")
    for other in "${PLANES[@]}"; do
      [ "$other" = "$plane" ] && continue
      refuse "$plane: no setting of $other in its environment" \
        grep -q "ZEROUI_$(upper "$other")_" <<<"$(docker exec "$service" env)"
      refuse "$plane: no data of $other to write" docker exec "$service" test -w "/zu_root/$other"
    done
    refuse "$plane: the administrator's login is not in its environment" grep -qi admin <<<"$(docker exec "$service" env | grep -v '^ZEROUI_ADMIN_KEY_HASH=')"
    mounts=$(docker inspect --format '{{range .Mounts}}{{if .RW}}{{.Destination}} {{end}}{{end}}' "$service")
    expect "$plane: /zu_root/$plane is all it may write" same "/zu_root/$plane " "$mounts"
  done
}
