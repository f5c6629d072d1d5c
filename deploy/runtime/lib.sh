# Shared by every script here: messages, settings, locks and process checks. Sourced, never run.
# shellcheck shell=sh

PLANES='ide tenant product shared'
PARTS="$PLANES redis"
LISTEN=127.0.0.1 # where the parts listen; elsewhere only in a network namespace of their own

say() { printf 'zeroui: %s\n' "$*" >&2; }

# die CAUSE [MEND…]: the cause, then one line for each thing the reader can do about it.
die() {
  printf 'zeroui: error: %s\n' "$1" >&2
  shift
  for mend; do printf '  %s\n' "$mend" >&2; done
  exit 1
}

upper() { printf %s "$1" | tr '[:lower:]' '[:upper:]'; }

is_plane() { case " $PLANES " in *" $1 "*) return 0 ;; *) return 1 ;; esac; }
is_part() { case " $PARTS " in *" $1 "*) return 0 ;; *) return 1 ;; esac; }

# random_hex BYTES
random_hex() { od -An -v -tx1 -N"$1" /dev/urandom | tr -d ' \n'; }

# need COMMAND PACKAGE: fails with the package to install when the command is missing.
need() { command -v "$1" >/dev/null 2>&1 || die "'$1' is missing" "install the package '$2' and try again"; }

# value_of NAME: the value of a variable whose name is in a variable; nothing if unset.
value_of() { eval "printf %s \"\${$1:-}\""; }

# file_value FILE KEY: the value in a file of KEY=VALUE lines.
file_value() { [ -r "$1" ] && sed -n "s/^$2=//p" "$1" | tail -n 1; }

# load_dotenv FILE: reads KEY=VALUE lines without executing them; what the environment already has wins.
load_dotenv() {
  [ -r "$1" ] || return 0
  while IFS= read -r dotenv_line || [ -n "$dotenv_line" ]; do
    dotenv_line=$(printf %s "$dotenv_line" | tr -d '\r' | sed 's/^[[:space:]]*//; s/^export[[:space:]]*//; s/[[:space:]]*$//')
    case $dotenv_line in '' | '#'*) continue ;; *=*) ;; *) continue ;; esac
    dotenv_key=${dotenv_line%%=*} dotenv_value=${dotenv_line#*=}
    case $dotenv_key in *[!A-Za-z0-9_]* | [0-9]* | '') continue ;; esac
    case $dotenv_key in ZEROUI_* | REDIS_URL | ZU_ROOT | JAVA_HOME | MAVEN_* | QUARKUS_*) ;; *) continue ;; esac
    case $dotenv_value in \"*\" | \'*\') dotenv_value=${dotenv_value#?} dotenv_value=${dotenv_value%?} ;; esac
    [ -n "$(value_of "$dotenv_key")" ] || export "$dotenv_key=$dotenv_value"
  done <"$1"
}

# settle_paths CHECKOUT: decides where cache and state live; README.md lists the defaults.
settle_paths() {
  checkout_id=$(printf %s "$1" | sha256sum | cut -c1-8)
  if [ "$(id -u)" = 0 ]; then
    CACHE=${ZEROUI_CACHE:-/var/cache/zeroui}
    STATE=${ZEROUI_STATE:-/var/lib/zeroui/$checkout_id}
  else
    CACHE=${ZEROUI_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/zeroui}
    STATE=${ZEROUI_STATE:-${XDG_STATE_HOME:-$HOME/.local/state}/zeroui/$checkout_id}
  fi
  case $CACHE$STATE in *[[:space:]]*) die "cache or state path has blanks in it: $CACHE, $STATE" 'set ZEROUI_CACHE and ZEROUI_STATE' ;; esac
  for settled in "$CACHE" "$STATE"; do
    case $settled in /?*) ;; *) die "not an absolute path: $settled" 'set ZEROUI_CACHE and ZEROUI_STATE to absolute paths' ;; esac
  done
}

# with_lock FILE WAIT_SECONDS COMMAND…: runs the command while holding the lock. What the command leaves
# running must not inherit descriptor 9.
with_lock() {
  lock_file=$1 lock_wait=$2
  shift 2
  exec 9>>"$lock_file"
  if ! flock -n 9; then
    say "waiting for another zeroui command that holds $lock_file"
    flock -w "$lock_wait" 9 || die "the lock $lock_file was not free within ${lock_wait}s" 'see which zeroui command still runs'
  fi
  lock_rc=0
  "$@" || lock_rc=$?
  exec 9>&-
  return $lock_rc
}

# runs_in PID FOLDER: whether the process lives and works in that folder; a re-used process id does not.
runs_in() {
  case $1 in '' | *[!0-9]*) return 1 ;; esac
  [ "$(readlink "/proc/$1/cwd" 2>/dev/null)" = "$2" ]
}

# children_of PID: the ids of all living descendants.
children_of() (
  for stat in /proc/[0-9]*/stat; do
    line=$(cat "$stat" 2>/dev/null) || continue
    rest=${line##*) }
    parent=${rest#? }
    [ "${parent%% *}" = "$1" ] || continue
    echo "${line%% *}"
    children_of "${line%% *}"
  done
)

# kill_tree PID: SIGKILL for the process and its descendants; it is frozen first so that it starts no more of them.
kill_tree() {
  kill -STOP "$1" 2>/dev/null || return 0
  # shellcheck disable=SC2046
  kill -KILL "$1" $(children_of "$1") 2>/dev/null || :
}

# wait_gone PID FOLDER SECONDS
wait_gone() (
  polls=$(($3 * 20))
  while runs_in "$1" "$2"; do
    [ $((polls -= 1)) -gt 0 ] || return 1
    sleep 0.05
  done
)

# rotate_log FILE: keeps one older file once the log passes 16 MiB.
rotate_log() {
  [ -f "$1" ] || return 0
  [ "$(wc -c <"$1")" -le 16777216 ] || mv -f "$1" "$1.1"
}
