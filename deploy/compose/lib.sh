# Shared by the scripts here. Sourced, never run.
# shellcheck shell=bash disable=SC2034

PLANES=(ide tenant product shared)

say() { printf 'zeroui: %s\n' "$*" >&2; }
die() {
  printf 'zeroui: error: %s\n' "$1" >&2
  shift
  [ $# -eq 0 ] || printf '  %s\n' "$@" >&2
  exit 1
}

# unable CAUSE MEND: what is to be shown cannot be tried on this machine.
unable() {
  printf 'zeroui: cannot verify here: %s\n  %s\n' "$1" "$2" >&2
  exit 2
}

checks=0 failures=0
# pass TEXT, fail TEXT: one result line each; the sum is at the end.
pass() { checks=$((checks + 1)) && printf '  ok    %s\n' "$*" >&2; }
fail() { checks=$((checks + 1)) failures=$((failures + 1)) && printf '  FAIL  %s\n' "$*" >&2; }
# expect TEXT COMMAND…: the command must succeed.
expect() { local text=$1; shift; if "$@" >/dev/null 2>&1; then pass "$text"; else fail "$text"; fi; }
# refuse TEXT COMMAND…: the command must not succeed.
refuse() { local text=$1; shift; if "$@" >/dev/null 2>&1; then fail "$text"; else pass "$text"; fi; }

upper() { printf %s "$1" | tr '[:lower:]' '[:upper:]'; }
setting() { sed -n "s/^$1=//p" "$ENV_FILE"; }
container() { printf '%s-%s' "$ZEROUI_CONTAINERS" "$1"; }

# position CONTAINER COMMAND…: runs it with the container's network: its names, addresses and routes, and nothing else.
position() {
  local at=$1
  shift
  docker run --rm -i --network "container:$(container "$at")" --cap-drop ALL --entrypoint "$1" \
    "zeroui/postgres:${ZEROUI_TAG:-local}" "${@:2}"
}
addresses() { docker inspect --format '{{range .NetworkSettings.Networks}}{{.IPAddress}} {{end}}' "$(container "$1")"; }
