#!/usr/bin/env bash
# Tries the boundaries of compose.yaml without a container engine: a bridge per network, a network namespace per container,
# and in them real PostgreSQL, PgBouncer and Redis of deploy/runtime. The services' places stay empty; from there it is tried
# who answers. Nothing is routed between the bridges.
# All of it is in namespaces and on a file system of its own, which end with this process: the machine's network, files and
# processes are not touched. Needs root; NetworkPositionsIT of system-tests makes the plan from compose.yaml and runs it.
# Usage: positions.sh <PLAN, prints a line for every check. A plan has these lines:
#   topology NAME                                         whatever was connected before no longer is
#   network NETWORK [GATEWAY]                             without a gateway it is internal
#   member NETWORK CONTAINER ADDRESS GATEWAY|- NAME…      the container joins the network, where it has these names
#   check [every-name]                                    once more with the names of all networks known everywhere
# Exit code: 0 all held, 1 something did not, 2 it cannot be tried here.
set -uo pipefail
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=lib.sh
. "$here/lib.sh"
# shellcheck source=boundaries.sh
. "$here/boundaries.sh"

export ZEROUI_CONTAINERS=zeroui
LAB=/run/zeroui MEMBERS=/run/zeroui/members ENV_FILE=/run/zeroui/state/secrets
LINKS=7 # the group of all links of a topology

# Outside, with the machine's network: what is needed is fetched. The way in goes by setpriv, so that no part of it outlives
# another, even if it is killed.
outside() {
  [ "$(id -u)" = 0 ] || unable 'network namespaces need root' 'run it as root'
  unshare --net --mount --pid --fork true 2>/dev/null ||
    unable 'this process may make no namespaces (CAP_SYS_ADMIN, CAP_NET_ADMIN)' 'in a container: give it these capabilities'
  "$here/../runtime/runtime.sh" fetch || exit 1
  IP=$("$here/../runtime/runtime.sh" which ip) || exit 1
  PSQL=$("$here/../runtime/runtime.sh" which psql) || exit 1
  REDIS_CLI=$("$here/../runtime/runtime.sh" which redis-cli) || exit 1
  export IP PSQL REDIS_CLI
  exec timeout -s KILL 300 setpriv --pdeathsig KILL \
    unshare --net --mount --pid --fork --kill-child --mount-proc -- bash "$here/positions.sh" --inside
}

ip() { "$IP" "$@"; }
run() { "$@" >>"$LAB/log" 2>&1 || die "failed in the lab: $*" "$(tail -n 5 "$LAB/log")"; }

# Inside: nobody is here but the lab.
inside() {
  local plan step words
  trap 'exit 130' INT TERM
  mapfile -t plan
  own_files || unable 'no file system of its own for the lab' 'mounting a tmpfs must be possible'
  own_network || unable 'no bridges and virtual links, or no way to switch off routing between them' \
    'modprobe bridge veth; /proc/sys must be writable'
  export ZEROUI_STATE=$LAB/state
  run "$here/positions-part.sh" prepare
  for step in "${plan[@]}"; do
    read -ra words <<<"$step"
    case ${words[0]} in
      topology | network | member | check) "lab_${words[0]}" "${words[@]:1}" ;;
      *) die "no such step: $step" ;;
    esac
  done
  [ -s "$LAB/results" ] && ! grep -q '^  FAIL' "$LAB/results"
}

# /run and /etc are ours: what is mounted or named there is seen by nobody else.
own_files() {
  mount -t tmpfs -o mode=755 tmpfs /run && mkdir "$LAB" && cp -a /etc "$LAB/etc" && mount --bind "$LAB/etc" /etc &&
    rm -f /etc/resolv.conf && : >/etc/resolv.conf
}

own_network() {
  ip link set lo up && ip link add tried type bridge && ip link add tried0 master tried type veth peer name tried1 &&
    ip link del tried0 && ip link del tried && echo 0 >/proc/sys/net/ipv4/ip_forward &&
    [ "$(cat /proc/sys/net/ipv4/ip_forward)" = 0 ]
}

lab_topology() {
  say "topology: $1"
  echo "topology $1"
  ip link del group $LINKS 2>/dev/null
  : >"$MEMBERS"
}

lab_network() {
  run ip link add "$1" group $LINKS type bridge
  [ $# -lt 2 ] || run ip addr add "$2/24" dev "$1"
  run ip link set "$1" up
}

lab_member() {
  local network=$1 at=$2 address=$3 gateway=$4
  echo "$@" >>"$MEMBERS"
  if [ ! -e "/run/netns/$at" ]; then
    run ip netns add "$at"
    run ip -n "$at" link set lo up
    ln -s "$at" "/run/netns/$at.every-name"
  fi
  run ip link add "to$(wc -l <"$MEMBERS")" master "$network" group $LINKS up type veth peer name "$network" netns "$at"
  {
    echo "addr add $address/24 dev $network"
    echo "link set $network up"
    [ "$gateway" = - ] || echo "route append default via $gateway"
  } >"$LAB/batch"
  run ip -n "$at" -batch "$LAB/batch"
}

containers() { cut -d ' ' -f 2 "$MEMBERS" | sort -u; }

# What a position knows: by the names of the networks that it is on, and, beside that, by those of all networks.
write_hosts() {
  local at
  while read -r at; do
    mkdir -p "/etc/netns/$at" "/etc/netns/$at.every-name"
    awk -v at="$at" 'BEGIN { print "127.0.0.1 localhost" } NR == FNR { if ($2 == at) on[$1]; next } $1 in on { $1 = $2 = $4 = ""; print }' \
      "$MEMBERS" "$MEMBERS" >"/etc/netns/$at/hosts"
    awk 'BEGIN { print "127.0.0.1 localhost" } { $1 = $2 = $4 = ""; print }' "$MEMBERS" >"/etc/netns/$at.every-name/hosts"
  done < <(containers)
}

# Every link forwards before anything is tried: what is not yet connected would look like a boundary.
await_links() {
  local polls=100
  while ip -d -o link show group $LINKS type veth | grep -qv 'state forwarding'; do
    [ $((polls -= 1)) -gt 0 ] || die 'the links of the lab did not come up'
    sleep 0.05
  done
}

# The databases and Redis at once, then the pools, which ask their database.
start_parts() {
  local kind at started
  for kind in 'redis|postgres-.*' 'pool-.*'; do
    started=()
    while read -r at; do
      run ip netns exec "$at" "$here/positions-part.sh" "${at#"$ZEROUI_CONTAINERS-"}" &
      started+=($!)
    done < <(containers | grep -Ex "$ZEROUI_CONTAINERS-($kind)")
    for at in "${started[@]}"; do wait "$at" || die 'not all parts started' "$(tail -n 5 "$LAB/log")"; done
  done
  : >"$LAB/started"
}

lab_check() {
  local plane KNOWN checking=()
  write_hosts
  await_links
  [ -e "$LAB/started" ] || start_parts
  rm -f "$LAB"/check.*
  for KNOWN in '' ${1:+".$1"}; do
    for plane in "${PLANES[@]}"; do
      check_service "$plane" >"$LAB/check$KNOWN.$plane" 2>&1 &
      checking+=($!)
    done
  done
  wait "${checking[@]}"
  cat "$LAB"/check.* | tee -a "$LAB/results"
}

# position, addresses: as in lib.sh, for the lab instead of an engine. KNOWN says by which of its two lists of names.
position() {
  local at=$1
  shift
  ip netns exec "$(container "$at")$KNOWN" "$@"
}
addresses() { awk -v at="$(container "$1")" '$2 == at { print $3 }' "$MEMBERS"; }

check_service() {
  local plane=$1 at=$1-plane-service other
  probes "$at" < <(
    own "$plane"
    for other in "${PLANES[@]}"; do [ "$other" = "$plane" ] || foreign_stores "$plane" "$other"; done
  )
  [ -z "$KNOWN" ] || for other in "${PLANES[@]}"; do
    expect "$plane: knows where $other's database and pool are" position "$at" getent hosts "postgres-$other" "pool-$other"
  done
  expect "$plane: its database answers a query" asks "$plane" "postgres-$plane:5432"
  expect "$plane: its connection pool answers a query" asks "$plane" "pool-$plane:6432"
  expect "$plane: Redis answers PING" grep -qx PONG <<<"$(pings "$plane")"
}

asks() {
  position "$1-plane-service" "$PSQL" -qXAt -c 'SELECT 1' \
    "postgresql://zeroui_$1_user:$(setting "pg_$1_user")@$2/zeroui_$1_pg?connect_timeout=5"
}
pings() {
  position "$1-plane-service" "$REDIS_CLI" --no-auth-warning -u "redis://zeroui-$1:$(setting "redis_$1")@redis:6379" PING
}

if [ "${1:-}" = --inside ]; then inside; else outside; fi
