#!/bin/sh
# Writes the settings of compose.yaml once: random passwords, ports, the folder ZU_ROOT. What is there stays.
# Usage: env.sh [--free-ports] [FILE]        default FILE: .env beside this script
#   --free-ports   10000 above the usual ports, for a second system beside the first
# Environment: ZU_ROOT, where the files of the planes go (default: below the user's state folder).
set -eu
umask 077
here=$(cd "$(dirname "$0")" && pwd)
offset=0 file=$here/.env
for argument; do
  case $argument in
    --free-ports) offset=10000 ;;
    -h | --help) sed -n '2,5s/^# \{0,1\}//p' "$0"; exit 0 ;;
    -*) printf "zeroui: error: unknown argument '%s'\n" "$argument" >&2; exit 2 ;;
    *) file=$argument ;;
  esac
done
secret() { od -An -N16 -tx1 /dev/urandom | tr -d ' \n'; }

if [ "$(id -u)" = 0 ]; then
  user=10001 group=10001 state=/var/lib/zeroui/compose
else
  user=$(id -u) group=$(id -g) state=${XDG_STATE_HOME:-$HOME/.local/state}/zeroui/compose
fi
root=${ZU_ROOT:-$state/zu_root}
case $root in
  *[[:space:]\"\'\$#]*) printf "zeroui: error: ZU_ROOT '%s' has a blank, quote, \$ or # in it\n" "$root" >&2; exit 1 ;;
  /*) ;;
  *) root=$PWD/$root ;;
esac

# pools: a port of each plane's connection pool and its URL, where there is none yet.
pools() {
  for plane in ide tenant product shared; do
    name=$(printf %s "$plane" | tr '[:lower:]' '[:upper:]')
    ! grep -qs "^ZEROUI_${name}_POOL_PORT=" "$file" || continue
    case $plane in ide) pool=6436 ;; tenant) pool=6433 ;; product) pool=6434 ;; *) pool=6435 ;; esac
    pool=$((pool + offset)) login=$(sed -n "s/^ZEROUI_${name}_USER_PASSWORD=//p" "${1:-$file}")
    echo "ZEROUI_${name}_POOL_PORT=$pool"
    echo "ZEROUI_${name}_DB_POOL_URL=postgresql://zeroui_${plane}_user:$login@127.0.0.1:$pool/zeroui_${plane}_pg"
  done
}

# plane PLANE DATABASE_PORT HTTP_PORT: passwords and ports, then the URLs as programs on this machine want them.
plane() {
  name=$(printf %s "$1" | tr '[:lower:]' '[:upper:]')
  admin=$(secret) owner=$(secret) login=$(secret) reader=$(secret) db=$(($2 + offset)) http=$(($3 + offset))
  cat <<PLANE

ZEROUI_${name}_ADMIN_PASSWORD=$admin
ZEROUI_${name}_OWNER_PASSWORD=$owner
ZEROUI_${name}_USER_PASSWORD=$login
ZEROUI_${name}_ANALYTICS_PASSWORD=$reader
ZEROUI_${name}_DB_PORT=$db
ZEROUI_${name}_HTTP_PORT=$http
ZEROUI_${name}_DB_URL=postgresql://zeroui_$1_user:$login@127.0.0.1:$db/zeroui_$1_pg
ZEROUI_${name}_DB_MIGRATION_URL=postgresql://zeroui_$1_owner:$owner@127.0.0.1:$db/zeroui_$1_pg
ZEROUI_${name}_DB_ANALYTICS_URL=postgresql://zeroui_$1_analytics_ro:$reader@127.0.0.1:$db/zeroui_$1_pg
ZEROUI_${name}_DB_ADMIN_URL=postgresql://zeroui_admin:$admin@127.0.0.1:$db/zeroui_$1_pg
ZEROUI_${name}_URL=http://127.0.0.1:$http
PLANE
}

# analytics_logins: the login that reads the views of each plane, where there is none yet.
analytics_logins() {
  for plane in ide tenant product shared; do
    name=$(printf %s "$plane" | tr '[:lower:]' '[:upper:]')
    ! grep -qs "^ZEROUI_${name}_ANALYTICS_PASSWORD=" "$file" || continue
    login=$(secret) db=$(sed -n "s/^ZEROUI_${name}_DB_PORT=//p" "$file")
    echo "ZEROUI_${name}_ANALYTICS_PASSWORD=$login"
    echo "ZEROUI_${name}_DB_ANALYTICS_URL=postgresql://zeroui_${plane}_analytics_ro:$login@127.0.0.1:$db/zeroui_${plane}_pg"
  done
}

# redis_logins PORT: a login of Redis per plane, where there is none yet.
redis_logins() {
  for plane in ide tenant product shared; do
    name=$(printf %s "$plane" | tr '[:lower:]' '[:upper:]')
    ! grep -qs "^ZEROUI_${name}_REDIS_PASSWORD=" "$file" || continue
    login=$(secret)
    echo "ZEROUI_${name}_REDIS_PASSWORD=$login"
    echo "ZEROUI_${name}_REDIS_URL=redis://zeroui-$plane:$login@127.0.0.1:$1"
  done
}

# The first administrator key and what the services may know of it: {key id}:{SHA-256 of the secret}.
admin_key() {
  id=$(secret | cut -c1-16) key=$(secret)$(secret)
  body=zu_all_${id}_$key
  echo "ZEROUI_ADMIN_KEY=${body}_$(printf %s "$body" | sha256sum | cut -c1-8)"
  echo "ZEROUI_ADMIN_KEY_HASH=$id:$(printf %s "$key" | sha256sum | cut -c1-64)"
}

# The seed of the key that signs the checkpoints of the tenants' logs.
log_key() {
  echo "ZEROUI_EVIDENCE_LOG_KEY=$(secret)$(secret)"
}

# The seed of the key that cosigns the checkpoints of the tenants' logs.
witness_key() {
  echo "ZEROUI_WITNESS_KEY=$(secret)$(secret)"
}

# The seed of the key that signs snapshots of policies.
snapshot_key() {
  echo "ZEROUI_POLICY_SNAPSHOT_KEY=$(secret)$(secret)"
}

# policy_key_file: the keys that sign releases of policies, in a file of its own that only the product plane's service reads; and where it is.
policy_key_file() {
  keys=$(cd "$(dirname "$file")" && pwd)/policy-keys.properties
  [ -f "$keys" ] || {
    for role in root targets snapshot timestamp; do echo "$role=$(secret)$(secret)"; done >"$keys.tmp" && mv "$keys.tmp" "$keys"
  }
  [ "$(id -u)" != 0 ] || chown "$1:$2" "$keys"
  grep -qs '^ZEROUI_POLICY_KEYS_FILE=' "$file" || echo "ZEROUI_POLICY_KEYS_FILE=$keys"
}

# rulings_key_file: the key that signs what the shared plane rules, in a file that only its service reads; and where it is.
rulings_key_file() {
  seed=$(cd "$(dirname "$file")" && pwd)/rulings-key.seed
  [ -f "$seed" ] || { echo "$(secret)$(secret)" >"$seed.tmp" && mv "$seed.tmp" "$seed"; }
  [ "$(id -u)" != 0 ] || chown "$1:$2" "$seed"
  grep -qs '^ZEROUI_RULINGS_KEY_FILE=' "$file" || echo "ZEROUI_RULINGS_KEY_FILE=$seed"
}

settings() {
  redis=$(secret)
  cat <<HEAD
# Made by deploy/compose/env.sh. Passwords of existing databases do not change with this file.
ZU_ROOT=$root
ZEROUI_UID=$user
ZEROUI_GID=$group
ZEROUI_REDIS_PASSWORD=$redis
ZEROUI_REDIS_PORT=$((6379 + offset))
REDIS_URL=redis://:$redis@127.0.0.1:$((6379 + offset))
HEAD
  redis_logins $((6379 + offset))
  admin_key
  log_key
  witness_key
  snapshot_key
  plane ide 5436 8086
  plane tenant 5433 8083
  plane product 5434 8084
  plane shared 5435 8085
}

if [ -f "$file" ]; then
  more=$(redis_logins "$(sed -n 's/^ZEROUI_REDIS_PORT=//p' "$file")"; analytics_logins; pools)
  grep -q '^ZEROUI_ADMIN_KEY_HASH=' "$file" || more="$more
$(admin_key)"
  grep -q '^ZEROUI_EVIDENCE_LOG_KEY=' "$file" || more="$more
$(log_key)"
  grep -q '^ZEROUI_WITNESS_KEY=' "$file" || more="$more
$(witness_key)"
  grep -q '^ZEROUI_POLICY_SNAPSHOT_KEY=' "$file" || more="$more
$(snapshot_key)"
  keys=$(policy_key_file "$(sed -n 's/^ZEROUI_UID=//p' "$file")" "$(sed -n 's/^ZEROUI_GID=//p' "$file")")
  [ -z "$keys" ] || more="$more
$keys"
  seed=$(rulings_key_file "$(sed -n 's/^ZEROUI_UID=//p' "$file")" "$(sed -n 's/^ZEROUI_GID=//p' "$file")")
  [ -z "$seed" ] || more="$more
$seed"
  if [ -n "$more" ]; then
    { cat "$file"; printf '\n%s\n' "$more"; } >"$file.tmp" && mv "$file.tmp" "$file"
    echo "zeroui: $file stays and has got what a newer version asks for" >&2
  else
    echo "zeroui: $file is there already and stays" >&2
  fi
  root=$(sed -n 's/^ZU_ROOT=//p' "$file")
  user=$(sed -n 's/^ZEROUI_UID=//p' "$file") group=$(sed -n 's/^ZEROUI_GID=//p' "$file")
else
  settings >"$file.tmp" && policy_key_file "$user" "$group" >>"$file.tmp" && rulings_key_file "$user" "$group" >>"$file.tmp" && pools "$file.tmp" >"$file.pools" && cat "$file.pools" >>"$file.tmp" && rm "$file.pools" &&
    mv "$file.tmp" "$file"
  echo "zeroui: wrote $file; the planes' files go to $root" >&2
fi

# The folders that the services mount must exist and be theirs.
umask 022
region=${ZEROUI_REGION:-$(sed -n 's/^ZEROUI_REGION=//p' "$file")}
region=${region:-local}
organisation=${ZEROUI_ORGANISATION:-$(sed -n 's/^ZEROUI_ORGANISATION=//p' "$file")}
organisation=${organisation:-zeroui}
for folder in ide tenant tenant/policy/trust/pubkeys product product/policy/trust/pubkeys "product/$region/policy/trust/roots" shared "shared/$organisation/$region/provider-registry/trust"; do
  mkdir -p "$root/$folder" || { echo "zeroui: error: cannot create $root/$folder; set ZU_ROOT" >&2; exit 1; }
done
[ "$(id -u)" != 0 ] || chown -R "$user:$group" "$root/tenant/policy" "$root/product/policy" "$root/product/$region" "$root/shared/$organisation"
for plane in ide tenant product shared; do [ "$(id -u)" != 0 ] || chown "$user:$group" "$root/$plane"; done
