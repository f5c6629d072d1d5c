#!/usr/bin/env bash
# Proves that the compose system works on this machine: builds the images, starts everything beside whatever else runs
# (own names, own volumes, ports 10000 above the usual ones), smokes it, tries to cross every boundary, runs the demo,
# restarts it, and takes it down again.
# Usage: verify.sh [--local-images] [--no-build] [--keep]
#   --local-images   nothing from an image registry: everything from Debian packages
#   --no-build       the images that are there (ZEROUI_TAG, default local)
#   --keep           leave it running and say how to reach it
# Exit code: 0 all held, 1 something did not, 2 it cannot be tried here.
set -uo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
# shellcheck source=lib.sh
. "$here/lib.sh"
# shellcheck source=smoke.sh
. "$here/smoke.sh"
# shellcheck source=boundaries.sh
. "$here/boundaries.sh"

build=yes keep=no image_arguments=()
for argument; do
  case $argument in
    --local-images) image_arguments=(--local-images) ;;
    --no-build) build=no ;;
    --keep) keep=yes ;;
    -h | --help) sed -n '2,9s/^# \{0,1\}//p' "$0"; exit 0 ;;
    *) printf "zeroui: error: unknown argument '%s' (see --help)\n" "$argument" >&2; exit 2 ;;
  esac
done

# Settings of the caller's own system must not leak into this one: compose prefers the environment to the file.
leaks='^(ZEROUI_.*(PASSWORD|PORT|URL|UID|GID|BIND|STATE)|ZU_ROOT|REDIS_URL|COMPOSE_.*)$'
for name in $(compgen -v | grep -E "$leaks"); do unset "$name"; done
export ZEROUI_CONTAINERS=zeroui-verify ZEROUI_TAG=${ZEROUI_TAG:-local}
work='' ENV_FILE='' results=()

compose() { docker compose -p zeroui-verify -f "$here/compose.yaml" --env-file "$ENV_FILE" "$@"; }

# timed TEXT COMMAND…: runs a step, says how long it took, keeps it for the summary.
timed() {
  local text=$1 start code seconds
  shift
  say "$text …"
  start=$(date +%s%N)
  "$@"
  code=$?
  seconds=$(awk -v n=$(($(date +%s%N) - start)) 'BEGIN { printf "%.1f", n / 1e9 }')
  results+=("$(printf '%7s s  %s' "$seconds" "$text")")
  return $code
}

check_host() {
  docker version --format '{{.Server.Version}}' >/dev/null 2>&1 ||
    unable 'no container engine answers' 'start it, or set DOCKER_HOST'
  docker compose version >/dev/null 2>&1 || unable "the client has no 'compose' plugin" 'Debian: apt-get install docker-compose (version 2)'
  [ -z "$(docker ps -aq --filter name=^/zeroui-verify-)" ] ||
    unable 'another verification runs, or was left behind (--keep)' 'docker compose -p zeroui-verify down -v'
  find_java || unable 'no JDK found for the demo' 'install one (17 or newer) or set JAVA_HOME'
}

find_java() {
  local candidate
  for candidate in "${JAVA_HOME:-/nowhere}/bin/java" "$(command -v java)" /usr/lib/jvm/*/bin/java; do
    [ -x "$candidate" ] && { java=$candidate; return 0; }
  done
  return 1
}

build_images() {
  local plane
  for plane in "${PLANES[@]}"; do
    [ -f "$root/$plane-plane-service/target/quarkus-app/quarkus-run.jar" ] && [ -f "$root/cli/target/zeroui-cli.jar" ] && continue
    say 'building the services (a few minutes the first time)'
    (cd "$root" && ./mvnw -B -ntp -q -DskipTests package) || return 1
    break
  done
  "$root/deploy/images/build.sh" "${image_arguments[@]}"
}

prepare() {
  work=$(mktemp -d /var/tmp/zeroui-verify.XXXXXX) && chmod 755 "$work"
  ENV_FILE=$work/.env
  trap finish EXIT
  trap 'exit 130' INT TERM
  ZU_ROOT=$work/zu_root "$here/env.sh" --free-ports "$ENV_FILE" 2>/dev/null || die 'writing the settings failed'
  compose config -q || die 'compose.yaml is not valid for this engine'
}

start() { compose up --detach --wait --wait-timeout 360 >"$work/up.log" 2>&1; }
stop() { compose down >>"$work/up.log" 2>&1; }

start_or_explain() {
  timed "$1" start && return 0
  tail -n 5 "$work/up.log" >&2
  for id in $(compose ps -aq); do
    docker inspect --format '{{.Name}} {{.State.Status}} {{if .State.Health}}{{.State.Health.Status}}{{end}}' "$id" |
      grep -v ' healthy$' | tr -d / >&2 && docker logs --tail 8 "$id" 2>&1 | cut -c1-300 >&2
  done
  die 'the containers did not all become healthy'
}

# The demo writes receipts into ZU_ROOT like any tool on this machine; as root it does so as the services' user.
demo() {
  local as=()
  [ "$(id -u)" != 0 ] || as=(setpriv "--reuid=$(setting ZEROUI_UID)" "--regid=$(setting ZEROUI_GID)" --clear-groups)
  (
    while IFS= read -r line; do case $line in [A-Z]*=*) export "${line?}" ;; esac; done <"$ENV_FILE"
    export HOME=$work/home ZEROUI_STATE=$work/home
    exec "${as[@]}" "$java" -jar "$root/cli/target/zeroui-cli.jar" demo >"$work/demo.log" 2>&1
  )
}

run_demo() {
  mkdir -p "$work/home" && chown "$(setting ZEROUI_UID):$(setting ZEROUI_GID)" "$work/home"
  if timed 'the demo' demo; then
    pass 'the demo: receipts went from the IDE plane to ledger, reports and telemetry'
    tail -n 25 "$work/demo.log" >&2
  else
    fail 'the demo'
    tail -n 40 "$work/demo.log" >&2
  fi
}

ledger_size() { sql tenant user "SET app.plane_scope = 'plane'; SELECT count(*) FROM app.receipts_index" 2>/dev/null; }

restart() {
  local before after
  before=$(ledger_size)
  timed 'stop' stop
  start_or_explain 'start again with the data that is there'
  after=$(ledger_size)
  expect "the ledger has its ${before:-?} receipts after a restart" test "${before:-none}" = "${after:-nothing}"
}

finish() {
  local code=$?
  trap - EXIT
  if [ "$keep" = yes ] && [ -n "$(docker ps -q --filter name=^/zeroui-verify-)" ]; then
    say "left running; its settings are in $ENV_FILE"
    say "remove it: docker compose -p zeroui-verify -f $here/compose.yaml --env-file $ENV_FILE down -v; rm -r $work"
    exit $code
  fi
  if [ $code -ne 0 ]; then
    compose logs --no-color >"/tmp/zeroui-verify.$$.log" 2>&1
    say "the containers' logs are in /tmp/zeroui-verify.$$.log"
  fi
  compose down --volumes --remove-orphans >/dev/null 2>&1
  rm -rf "$work"
  exit $code
}

memory() {
  say 'memory in use:'
  docker stats --no-stream --format '{{.Name}} {{.MemUsage}}' | sed -n 's/^zeroui-verify-//p' | sort |
    awk '{ printf "  %-24s %s\n", $1, $2 }' >&2
}

check_host
[ "$build" = no ] || timed 'build the images' build_images || die 'building failed'
prepare
start_or_explain 'start thirteen containers until all are healthy'
say 'smoke'
smoke_databases
smoke_pools
smoke_redis
smoke_services
say 'boundaries'
for plane in "${PLANES[@]}"; do boundaries_of_service "$plane"; done
boundaries_of_stores
boundaries_of_world
boundaries_of_settings
run_demo
memory
restart
say 'times:'
printf '%s\n' "${results[@]}" >&2
if [ "$failures" -gt 0 ]; then say "$failures of $checks checks FAILED"; exit 1; fi
say "all $checks checks held"
