#!/bin/sh
# Tests of runtime.sh against real PostgreSQL and Redis in two private instances. Ends with: N passed, N failed.
set -u
RUNTIME_DIR=$(cd "$(dirname "$0")/.." && pwd -P)
RUNTIME=$RUNTIME_DIR/runtime.sh
passed=0 failed=0
work=$(mktemp -d "${TMPDIR:-/var/tmp}/zeroui-runtime-test.XXXXXX")
chmod 755 "$work"
for variable in $(env | sed -n 's/^\(ZEROUI_[A-Z_]*\)=.*/\1/p'); do
  case $variable in ZEROUI_CACHE | ZEROUI_DEBIAN_MIRROR) ;; *) unset "$variable" ;; esac
done
unset REDIS_URL ZU_ROOT

a() { ZEROUI_STATE=$work/a ZEROUI_PORTS=free "$RUNTIME" "$@" 2>>"$work/a.err"; }
b() { ZEROUI_STATE=$work/b ZEROUI_PORTS=free "$RUNTIME" "$@" 2>>"$work/b.err"; }
finish() {
  a wipe
  b wipe
  rm -rf "$work"
}
trap finish EXIT
trap 'exit 130' INT TERM

# check NAME COMMAND…: the command must succeed.
check() {
  check_name=$1
  shift
  if "$@" >"$work/out" 2>&1; then
    passed=$((passed + 1))
    echo "ok $check_name"
  else
    failed=$((failed + 1))
    echo "not ok $check_name"
    sed 's/^/  /' "$work/out"
  fi
}
refused() { ! "$@"; }
setting() { sed -n "s/^$2=//p" "$work/$1/runtime.env"; }
sql() { "$psql" -qXAt -v ON_ERROR_STOP=1 "$(setting a "$1")" -c "$2"; }
sql_is() { [ "$(sql "$1" "$2")" = "$3" ]; }
redis() { "$redis_cli" --no-auth-warning -e -u "$(setting a REDIS_URL)" "$@"; }
state_is() { [ "$(a status | awk -v part="$1" '$1 == part { print $2 }')" = "$2" ]; }
mode_is() { [ "$(stat -c %a "$1")" = "$2" ]; }

# What needs no database.
mkdir "$work/foreign" && : >"$work/foreign/precious"
check 'a folder with foreign files is refused as state' \
  refused env ZEROUI_STATE="$work/foreign" ZEROUI_PORTS=free "$RUNTIME" start redis
check 'a folder without our marker is not wiped' refused env ZEROUI_STATE="$work/foreign" "$RUNTIME" wipe
check 'and its files are still there' test -f "$work/foreign/precious"
check 'an unknown part is refused' refused a start nonsense
check 'a relative state path is refused' refused env ZEROUI_STATE=here "$RUNTIME" start redis

# Node.js from the private root, also where the machine has one of its own. What a says is read below.
export ZEROUI_NODE_BUILTIN=1
n() { ZEROUI_STATE=$work/a "$RUNTIME" "$@" 2>>"$work/n.err"; }
own_node() { "$(n which node)" -e 'fetch("http://127.0.0.1:9").catch(refused => process.exit(refused.name === "TypeError" ? 0 : 1))'; }
check "Node.js runs from the private root, with the parts that Debian keeps beside it" own_node
own_npm() { "$(n which npm)" --version; }
check 'and npm does' own_npm
check 'a folder without package-lock.json has no modules' refused n modules "$work/foreign"
unset ZEROUI_NODE_BUILTIN

dotenv_is_read_not_run() (
  . "$RUNTIME_DIR/lib.sh"
  printf '%s\n' "# comment" "ZEROUI_A=\$(touch $work/ran)" 'export ZEROUI_B="two words"' 'ZEROUI_C=file' 'PATH=/nowhere' \
    "ZEROUI_D=\`touch $work/ran\`" >"$work/dotenv"
  printf 'ZEROUI_E=crlf\r\nZEROUI_F=last' >>"$work/dotenv"
  ZEROUI_C=environment
  load_dotenv "$work/dotenv"
  [ ! -e "$work/ran" ] && [ "$ZEROUI_B" = 'two words' ] && [ "$ZEROUI_C" = environment ] && [ "$PATH" != /nowhere ] &&
    [ "$ZEROUI_E" = crlf ] && [ "$ZEROUI_F" = last ] && [ "$ZEROUI_A" = "\$(touch $work/ran)" ]
)
check 'a .env file is read and not executed, and the environment wins over it' dotenv_is_read_not_run

external_wins() { ZEROUI_STATE=$work/x ZEROUI_TENANT_DB_URL=postgresql://u:p@db.example:5433/d "$RUNTIME" status; }
external_in_status() { external_wins | grep -qx "tenant$(printf '\t')external$(printf '\t')db.example:5433"; }
check 'a plane whose URL is set is external' external_in_status
own_export_is_ignored() (
  ZEROUI_ENV_BUILTIN=tenant
  export ZEROUI_ENV_BUILTIN
  external_wins | grep -q "tenant$(printf '\t')stopped"
)
check 'what zeroui env exported itself does not make a plane external' own_export_is_ignored

# Two instances at the same time.
a start &
first=$!
b start redis tenant
b_started=$?
wait $first
a_started=$?
check 'two instances start at the same time' test "$a_started$b_started" = 00
[ "$a_started" = 0 ] || sed 's/^/  /' "$work/a.err"
bin=$(sed -n 's/.* in \(\/.*\)$/\1/p' "$work/a.err" | tail -n 1)
bin=${bin:-$(RUNTIME_DIR=$RUNTIME_DIR sh -c '. "$0/lib.sh"; . "$0/fetch.sh"; settle_paths "$0"; settle_root; echo "$ROOT"' "$RUNTIME_DIR")}
psql=$bin/usr/lib/postgresql/17/bin/psql redis_cli=$bin/usr/bin/redis-cli

check 'runtime.env is for its owner only' mode_is "$work/a/runtime.env" 600
check 'the passwords are for their owner only' mode_is "$work/a/secrets" 600
the_hash_is_of_the_key() {
  key=$(setting a ZEROUI_ADMIN_KEY) rest=${key#zu_all_}
  id=${rest%%_*} rest=${rest#*_}
  [ "$(setting a ZEROUI_ADMIN_KEY_HASH)" = "$id:$(printf %s "${rest%%_*}" | sha256sum | cut -c1-64)" ] &&
    [ "${rest#*_}" = "$(printf %s "${key%_*}" | sha256sum | cut -c1-8)" ]
}
check 'there is an administrator key, and its hash' the_hash_is_of_the_key
different_passwords() { [ "$(setting a REDIS_URL | cut -d@ -f1)" != "$(setting b REDIS_URL | cut -d@ -f1)" ]; }
check 'two instances have different passwords' different_passwords
check 'the serving login works' sql_is ZEROUI_IDE_DB_URL 'SELECT current_user' zeroui_ide_user
check 'the serving login creates no table' refused sql ZEROUI_IDE_DB_URL 'CREATE TABLE core.t (n int)'
check 'the serving login creates no temporary table' refused sql ZEROUI_IDE_DB_URL 'CREATE TEMPORARY TABLE t (n int)'
check 'the serving login is neither superuser nor above row security' sql_is ZEROUI_TENANT_DB_URL \
  "SELECT rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb FROM pg_roles WHERE rolname = current_user" f
check 'the analytics login works and is no other' sql_is ZEROUI_TENANT_DB_ANALYTICS_URL 'SELECT current_user' zeroui_tenant_analytics_ro
check 'the analytics login creates no table' refused sql ZEROUI_TENANT_DB_ANALYTICS_URL 'CREATE TABLE app.t (n int)'
check 'the owner creates tables' sql ZEROUI_TENANT_DB_MIGRATION_URL 'CREATE TABLE app.kept (n int); INSERT INTO app.kept VALUES (1)'
check 'product has the vector extension' sql_is ZEROUI_PRODUCT_DB_URL "SELECT '[1,2]'::vector <-> '[1,3]'::vector" 1
check 'tenant has no vector extension' sql_is ZEROUI_TENANT_DB_URL "SELECT count(*) FROM pg_extension WHERE extname = 'vector'" 0
check 'every commit is synced' sql_is ZEROUI_SHARED_DB_URL \
  "SELECT current_setting('fsync') || current_setting('full_page_writes') || current_setting('synchronous_commit')" ononon
check 'no password stands in the statement statistics' sql_is ZEROUI_IDE_DB_ADMIN_URL \
  "SELECT count(*) FROM pg_stat_statements WHERE query ~* 'password +''[0-9a-f]'" 0
check 'Redis answers with the login in REDIS_URL' redis XADD zeroui:test '*' n 1
no_password_refused() { "$redis_cli" -u "$(setting a REDIS_URL | sed 's#//.*@#//#')" PING 2>&1 | grep -q NOAUTH; }
check 'Redis refuses without it' no_password_refused
as_plane() { as_plane_url=$(setting a "ZEROUI_$1_REDIS_URL") && shift && "$redis_cli" --no-auth-warning -e -u "$as_plane_url" "$@"; }
check 'a plane sends on its own channel' as_plane IDE XADD zeroui:ide-receipts:_ '*' n 1
check 'and on no other' refused as_plane SHARED XADD zeroui:ide-receipts:_ '*' n 1
check 'and reads no stream that is not for it' refused as_plane SHARED XREADGROUP GROUP tenant x STREAMS zeroui:ide-receipts:_ '>'
check 'nor the keys of all' refused as_plane IDE KEYS '*'
planes_differ() { [ "$(sed -n 's/^ZEROUI_[A-Z]*_REDIS_URL=.*:\(.*\)@.*/\1/p' "$work/a/runtime.env" | sort -u | wc -l)" = 4 ]; }
check 'every plane has a password of its own' planes_differ
redis_keeps() { redis CONFIG GET appendonly | grep -qx yes && redis CONFIG GET maxmemory-policy | grep -qx noeviction; }
check 'Redis keeps its append-only file and evicts nothing' redis_keeps

# A folder from before the planes had logins of their own, with Redis running.
sed -i '/^redis_/d' "$work/a/secrets"
for name in ide tenant product shared; do redis ACL DELUSER "zeroui-$name" >/dev/null; done
redis ACL SETUSER zeroui-ide-edge-9 on nopass -@all +ping >/dev/null && redis ACL SAVE >/dev/null
check 'an older state folder starts' a start redis
check 'and has the logins of the planes' as_plane TENANT XADD zeroui:tenant-evidence '*' n 1
edge_stays() { redis ACL USERS | grep -qx zeroui-ide-edge-9; }
check 'and keeps the login of an edge that was added' edge_stays

service_sees() ( # PLANE: the Redis login among its variables
  . "$RUNTIME_DIR/lib.sh" && . "$RUNTIME_DIR/ports.sh" && . "$RUNTIME_DIR/state.sh" && . "$RUNTIME_DIR/services.sh"
  STATE=$work/a
  service_variables "$1" | sed -n 's#^REDIS_URL=redis://\([^:]*\):.*#\1#p'
)
own_login_only() { [ "$(service_sees shared)" = zeroui-shared ]; }
check 'a service is given the login of its own plane' own_login_only
own_url_wins() (
  . "$RUNTIME_DIR/lib.sh" && . "$RUNTIME_DIR/ports.sh" && . "$RUNTIME_DIR/state.sh"
  STATE=$work/a REDIS_URL=redis://all.example:1 ZEROUI_IDE_REDIS_URL=redis://ide.example:2
  unset ZEROUI_PORTS
  [ "$(plane_redis_url ide) $(plane_redis_url tenant)" = 'redis://ide.example:2 redis://all.example:1' ] &&
    ZEROUI_ENV_BUILTIN=ide,redis && case $(plane_redis_url ide) in redis://zeroui-ide:*) ;; *) false ;; esac
)
check 'a Redis of the user wins, and the URL for one plane wins over it' own_url_wins

# Faults.
check 'kill ends the tenant database' a kill tenant
check 'which status then shows' state_is tenant stopped
check 'and the other planes run on' state_is ide running
check 'kill ends Redis' a kill redis
check 'start brings both back' a start
check 'with what was committed' sql_is ZEROUI_TENANT_DB_URL 'SELECT 1' 1
entries_are() { [ "$(redis XLEN zeroui:test)" = "$1" ]; }
check 'and what it was given more than a second ago is in Redis' entries_are 1
check 'and the table is there' sql_is ZEROUI_TENANT_DB_MIGRATION_URL 'SELECT n FROM app.kept' 1
cp "$work/a/runtime.env" "$work/env.before"
check 'stop is clean' a stop
check 'after it nothing runs' state_is redis stopped
taken=$(cat "$work/b/ports/tenant")
echo "$taken" >"$work/a/ports/tenant"
check 'start with one port taken by another program' a start
check 'took another port for it' refused grep -qx "$taken" "$work/a/ports/tenant"
same_other_ports() { [ "$(grep REDIS_URL "$work/env.before")" = "$(grep REDIS_URL "$work/a/runtime.env")" ]; }
check 'and kept port and password of the rest' same_other_ports
check 'wipe stops and removes everything' a wipe
check 'the state folder is gone' test ! -e "$work/a"

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
