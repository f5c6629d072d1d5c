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
addresses() { docker inspect --format '{{range .NetworkSettings.Networks}}{{.IPAddress}} {{end}}' "$(container "$1")"; }
