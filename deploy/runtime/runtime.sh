#!/bin/sh
# The databases of all planes and Redis, without containers. See `runtime.sh help` and README.md beside it.
set -u
export LC_ALL=C
RUNTIME_DIR=$(cd "$(dirname "$0")" && pwd -P)
CHECKOUT=$(cd "$RUNTIME_DIR/../.." && pwd -P)
for noun in lib fetch tools node ports state postgres pool redis; do . "$RUNTIME_DIR/$noun.sh"; done

usage() {
  cat <<'USAGE'
usage: runtime.sh fetch | start [PART…] | stop [PART…] | kill PART | status | wipe | env | which PROGRAM | modules FOLDER
  PART is ide, tenant, product, shared or redis; without one, all of them.
  fetch   download PostgreSQL and Redis into the cache, once
  start   start what does not run yet, wait until it answers, write STATE/runtime.env
  stop    stop cleanly, keep the data
  kill    SIGKILL a part's whole process tree, for fault tests
  status  one line per part: name, state (running, stopped, external), host:port, separated by tabs
  wipe    stop everything and remove the state folder
  env     print runtime.env
  which   print the path of one of the runtime's programs, for example psql, pgbench or redis-cli; kubectl and ip are
          fetched when one of them is first asked for and the machine has it not; so are node and npm
  modules print a folder with the node_modules that FOLDER's package-lock.json pins, installed by npm when first asked for
Environment: ZEROUI_STATE, ZEROUI_CACHE, ZEROUI_DEBIAN_MIRROR, ZEROUI_PORTS=default|free.
With ZEROUI_PORTS=free the instance is private: every port is a free one, and URLs in the environment are ignored.
USAGE
}

part_start() { if is_plane "$1"; then pg_start "$1"; else redis_start; fi; }
part_running() { if is_plane "$1"; then pg_running "$1"; else redis_running; fi; }
part_ready() { if is_plane "$1"; then pg_ready "$1"; else redis_ready; fi; }
part_signal_stop() { if is_plane "$1"; then pg_signal_stop "$1"; else redis_signal_stop; fi; }
part_wait_stop() { if is_plane "$1"; then pg_wait_stop "$1"; else redis_wait_stop; fi; }
part_pid() { if is_plane "$1"; then pg_pid "$1"; else redis_pid; fi; }

# parts_or_all [PART…]
parts_or_all() {
  [ $# -gt 0 ] || { echo "$PARTS"; return; }
  for part; do is_part "$part" || die "no such part: $part" "parts are: $PARTS"; done
  echo "$@"
}

check_host() {
  [ -d /dev/shm ] || die '/dev/shm is missing' 'mount a tmpfs there: PostgreSQL shares memory through it'
  [ -e /usr/share/zoneinfo/UTC ] || die 'time zones are missing (/usr/share/zoneinfo/UTC)' "install the package 'tzdata'"
  need flock util-linux
}

start_parts() {
  fill_state
  mkdir -p "$(zu_root)" || die "cannot create ZU_ROOT $(zu_root)"
  starting='' start_pids='' start_failed=''
  for part in $1; do
    if is_external "$part"; then continue; fi
    if part_ready "$part"; then
      [ "$part" != redis ] || redis_refresh_users
      continue
    fi
    part_running "$part" || choose_port "$part"
    starting="$starting $part"
  done
  for plane in $PLANES; do
    if [ -z "$(port_of "http-$plane")" ]; then choose_port "http-$plane"; fi
  done
  [ -z "$starting" ] || say "starting$starting"
  start_from=$(date +%s)
  for part in $starting; do
    (exec 9>&-; part_start "$part") &
    start_pids="$start_pids $!"
  done
  for pid in $start_pids; do wait "$pid" || start_failed=yes; done
  [ -z "$start_failed" ] || exit 1
  start_pools "$1" "$starting"
  write_env
  [ -z "$starting" ] || say "databases ready after $(($(date +%s) - start_from)) s"
}

# start_pools PARTS STARTED: a pool knows its database's port, which may be another one after a start.
start_pools() {
  for part in $1; do
    if ! is_plane "$part" || is_external "$part"; then continue; fi
    case " $2 " in *" $part "*) pool_stop "$part" ;; esac
    (exec 9>&-; pool_start "$part") || exit 1
  done
}

stop_parts() {
  stopping=''
  for part in $1; do if is_plane "$part"; then pool_stop "$part"; fi; done
  for part in $1; do
    if part_signal_stop "$part"; then stopping="$stopping $part"; fi
  done
  for part in $stopping; do part_wait_stop "$part"; done
}

command_start() {
  parts=$(parts_or_all "$@") || exit 1
  check_host
  builtin=''
  for part in $parts; do is_external "$part" || builtin=yes; done
  [ -z "$builtin" ] || fetch_root || exit 1
  open_state
  with_lock "$STATE/lock" 300 start_parts "$parts"
}

command_stop() {
  parts=$(parts_or_all "$@") || exit 1
  [ -f "$STATE/$STATE_MARKER" ] || return 0
  open_state
  with_lock "$STATE/lock" 300 stop_parts "$parts"
}

command_kill() {
  [ $# -eq 1 ] && is_part "$1" || die "kill wants one part" "parts are: $PARTS"
  ! is_external "$1" || die "$1 is external: it is not ours to kill"
  if part_running "$1"; then kill_tree "$(part_pid "$1")"; fi
}

command_status() {
  for part in $PARTS; do
    if is_external "$part"; then
      printf '%s\texternal\t%s\n' "$part" "$(external_url "$part" | sed 's#^[^:]*://##; s#^.*@##; s#[/?].*##')"
    else
      if [ -d "$STATE" ] && part_running "$part"; then state=running; else state=stopped; fi
      printf '%s\t%s\t127.0.0.1:%s\n' "$part" "$state" "$(port_of "$part" || default_port "$part")"
    fi
  done
}

command_wipe() {
  [ -d "$STATE" ] || return 0
  [ -f "$STATE/$STATE_MARKER" ] || wipe_state
  command_stop
  wipe_state
}

command_env() {
  [ -r "$STATE/runtime.env" ] || die 'no runtime.env: the runtime was never started here' 'run ./zeroui up'
  cat "$STATE/runtime.env"
}

command_which() {
  [ $# -eq 1 ] || die 'which wants the name of one program'
  case $1 in */* | .*) die "not a program name: $1" ;; esac
  case $1 in kubectl | ip)
    command -v "$1" && return 0
    check_host && fetch_tools && echo "$TOOLS/usr/bin/$1"
    return ;;
  node | npm)
    find_node
    if [ "$1" = node ]; then echo "$NODE"; else echo "$NPM"; fi
    return ;;
  esac
  for which_folder in "$PG_BIN" "$ROOT/usr/bin" "$ROOT/usr/sbin"; do
    if [ -x "$which_folder/$1" ]; then echo "$which_folder/$1"; return 0; fi
  done
  die "the runtime has no program $1" 'run deploy/runtime/runtime.sh fetch first'
}

command_modules() {
  [ $# -eq 1 ] || die 'modules wants one folder'
  node_modules "$1"
}

[ $# -gt 0 ] || { usage >&2; exit 2; }
action=$1
shift
load_dotenv "$CHECKOUT/.env"
settle_paths "$CHECKOUT"
settle_root
case $action in
  fetch) check_host && fetch_root ;;
  start | stop | kill | status | wipe | env | which | modules) "command_$action" "$@" ;;
  help | --help | -h) usage ;;
  *) usage >&2; exit 2 ;;
esac
