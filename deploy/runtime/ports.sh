# Which TCP port each part listens on: remembered in STATE/ports, default or free. Sourced, never run.
# shellcheck shell=sh

# default_port NAME: NAME is a part, http-PLANE for a service, or pool-PLANE for a connection pool.
default_port() {
  case $1 in
    ide) echo 5436 ;; tenant) echo 5433 ;; product) echo 5434 ;; shared) echo 5435 ;; redis) echo 6379 ;;
    http-ide) echo 8086 ;; http-tenant) echo 8083 ;; http-product) echo 8084 ;; http-shared) echo 8085 ;;
    pool-ide) echo 6436 ;; pool-tenant) echo 6433 ;; pool-product) echo 6434 ;; pool-shared) echo 6435 ;;
    *) die "no default port for '$1'" ;;
  esac
}

# port_taken PORT: whether anything on this machine listens there.
port_taken() {
  grep -qs "^ *[0-9]*: [0-9A-F]*:$(printf %04X "$1") [0-9A-F]*:[0-9A-F]* 0A " /proc/net/tcp /proc/net/tcp6
}

# free_port: a port nobody listens on, below the range the kernel hands to clients.
free_port() (
  tries=200
  while [ $((tries -= 1)) -gt 0 ]; do
    port=$((15000 + $(od -An -tu2 -N2 /dev/urandom) % 15000))
    grep -qsx "$port" "$STATE"/ports/* && continue
    port_taken "$port" || { echo "$port"; return 0; }
  done
  die 'no free TCP port between 15000 and 30000' 'set ZEROUI_PORTS=default or stop other programs'
)

port_of() { cat "$STATE/ports/$1" 2>/dev/null; }
remember_port() { echo "$2" >"$STATE/ports/$1.tmp" && mv -f "$STATE/ports/$1.tmp" "$STATE/ports/$1"; }

# choose_port NAME: the remembered port, else the default, else a free one; says so when it is not the first choice.
# Only for a part that is not running.
choose_port() {
  chosen=$(port_of "$1")
  if [ -z "$chosen" ]; then
    if [ "${ZEROUI_PORTS:-default}" = free ]; then chosen=$(free_port); else chosen=$(default_port "$1"); fi
  fi
  if port_taken "$chosen"; then
    replace_port "$1" "$chosen"
  else
    remember_port "$1" "$chosen"
  fi
}

# replace_port NAME TAKEN
replace_port() {
  chosen=$(free_port)
  [ "${ZEROUI_PORTS:-default}" = free ] || say "port $2 ($1) is taken by another program: using $chosen instead"
  remember_port "$1" "$chosen"
}
