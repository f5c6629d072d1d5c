#!/bin/sh
# Starts one part of the built-in runtime in the network namespace in which it is called. There it listens on every address
# and on the port that it has in compose. Called by positions.sh.
# Usage: positions-part.sh prepare | postgres-PLANE | pool-PLANE | redis
set -u
export LC_ALL=C
RUNTIME_DIR=$(cd "$(dirname "$0")/../runtime" && pwd -P)
CHECKOUT=$(cd "$RUNTIME_DIR/../.." && pwd -P)
# shellcheck source=/dev/null
for noun in lib fetch ports state postgres pool redis; do . "$RUNTIME_DIR/$noun.sh"; done

# shellcheck disable=SC2034
LISTEN=0.0.0.0
pool_database() { echo "postgres-$1"; }

prepare() {
  fill_state
  for plane in $PLANES; do remember_port "$plane" 5432 && remember_port "pool-$plane" 6432; done
  remember_port redis 6379
}

# From other addresses too, a password always, as in ../images/postgres/pg_hba.conf.
start_database() {
  pg_create "$1"
  echo 'host all all all scram-sha-256' >>"$(pg_dir "$1")/pg_hba.conf"
  pg_start "$1"
}

load_dotenv "$CHECKOUT/.env"
settle_paths "$CHECKOUT"
settle_root
open_state
case ${1:-} in
  prepare) prepare ;;
  postgres-*) start_database "${1#postgres-}" ;;
  pool-*) pool_start "${1#pool-}" ;;
  redis) redis_start ;;
  *) die "no such part: ${1:-}" ;;
esac
