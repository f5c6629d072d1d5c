# The state folder: whose it is, who may read it, its secrets and runtime.env. Sourced, never run.
# shellcheck shell=sh

STATE_MARKER=.zeroui-state
STATE_ENTRIES='pg pool redis run log ports jvm keys zu_root runtime.env secrets lock'

open_state() {
  if [ ! -f "$STATE/$STATE_MARKER" ]; then
    [ ! -d "$STATE" ] || [ -z "$(ls -A "$STATE")" ] ||
      die "$STATE has files in it and no $STATE_MARKER, so it is not ours" 'set ZEROUI_STATE to a new or empty folder'
    mkdir -p "$STATE" 2>/dev/null || die "cannot create the state folder $STATE" 'set ZEROUI_STATE to a folder you may write'
    echo 'ZeroUI runtime state; zeroui down --wipe removes this folder' >"$STATE/$STATE_MARKER"
    chmod 755 "$STATE"
  fi
  [ -w "$STATE" ] || die "the state folder $STATE is not yours to write" 'set ZEROUI_STATE to a folder of your own'
  STATE=$(cd "$STATE" && pwd -P)
  settle_user
}

fill_state() {
  for folder in pg pool run log ports zu_root; do mkdir -p "$STATE/$folder"; done
  fill_secrets
  fill_policy_keys
  fill_rulings_key
}

# fill_secrets: makes the passwords that are not there yet; a folder of an older version gets what came since.
fill_secrets() {
  secret_new=''
  for secret_name in $(secret_names); do
    [ -n "$(secret "$secret_name")" ] || secret_new="$secret_new $secret_name"
  done
  [ -n "$secret_new" ] || return 0
  (
    umask 077
    {
      [ ! -f "$STATE/secrets" ] || cat "$STATE/secrets"
      for secret_name in $secret_new; do
        case $secret_name in
          admin_key) echo "admin_key=$(new_admin_key)" ;;
          evidence_log_key | witness_key | policy_snapshot_key) echo "$secret_name=$(random_hex 32)" ;;
          *) echo "$secret_name=$(random_hex 16)" ;;
        esac
      done
    } >"$STATE/secrets.tmp"
    mv "$STATE/secrets.tmp" "$STATE/secrets"
  )
}

secret_names() {
  for secret_plane in $PLANES; do
    for secret_login in admin owner user analytics; do echo "pg_${secret_plane}_$secret_login"; done
    echo "redis_$secret_plane"
  done
  echo redis
  echo admin_key
  echo evidence_log_key
  echo witness_key
  echo policy_snapshot_key
}

# fill_policy_keys: a key for each role of the policies' metadata, in a file that only the product plane's service reads.
fill_policy_keys() {
  [ -f "$STATE/keys/policy.properties" ] && return 0
  mkdir -p "$STATE/keys"
  (
    umask 077
    for policy_role in root targets snapshot timestamp; do echo "$policy_role=$(random_hex 32)"; done >"$STATE/keys/policy.tmp"
    mv "$STATE/keys/policy.tmp" "$STATE/keys/policy.properties"
  )
}

# fill_rulings_key: the key that signs what the shared plane rules, in a file that only its service reads.
fill_rulings_key() {
  [ -f "$STATE/keys/rulings.seed" ] && return 0
  mkdir -p "$STATE/keys"
  (
    umask 077
    random_hex 32 >"$STATE/keys/rulings.tmp" && mv "$STATE/keys/rulings.tmp" "$STATE/keys/rulings.seed"
  )
}

# new_admin_key: the first administrator key, zu_all_{key id}_{secret}_{checksum}; see ApiKey in common-contracts.
new_admin_key() {
  key_body=zu_all_$(random_hex 8)_$(random_hex 32)
  echo "${key_body}_$(printf %s "$key_body" | sha256sum | cut -c1-8)"
}

# admin_key_hash: what a service may know of it, {key id}:{SHA-256 of the secret}.
admin_key_hash() {
  admin_key=$(secret admin_key)
  admin_rest=${admin_key#zu_all_}
  admin_secret=${admin_rest#*_}
  echo "${admin_rest%%_*}:$(printf %s "${admin_secret%%_*}" | sha256sum | cut -c1-64)"
}

secret() { file_value "$STATE/secrets" "$1"; }

# PostgreSQL refuses to run as root. As root the databases run as 'postgres', else 'nobody'; if that user cannot reach
# the folders, in a user namespace in which root is nobody.
settle_user() {
  RUN_AS='' RUN_OWNER=''
  [ "$(id -u)" = 0 ] || return 0
  need setpriv util-linux
  for run_user in postgres nobody; do
    run_uid=$(id -u "$run_user" 2>/dev/null) || continue
    RUN_AS="setpriv --reuid=$run_uid --regid=$(id -g "$run_user") --clear-groups --"
    RUN_OWNER=$run_uid:$(id -g "$run_user")
    # shellcheck disable=SC2086
    if $RUN_AS test -x "$STATE" && { [ ! -d "$CACHE" ] || $RUN_AS test -x "$CACHE"; }; then return 0; fi
  done
  RUN_AS='unshare --user --map-user=65534 --map-group=65534 --' RUN_OWNER=''
  $RUN_AS true 2>/dev/null ||
    die "PostgreSQL does not run as root, and the user '$run_user' cannot reach $STATE or $CACHE" \
      'set ZEROUI_STATE and ZEROUI_CACHE to folders every user may pass through, for example below /var/lib'
}

# as_database COMMAND…: with the database user and an environment in which nothing of the caller's is left.
as_database() {
  # shellcheck disable=SC2086
  (cd / && exec env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/ LC_ALL=C TZ=UTC $RUN_AS "$@" 9>&-)
}

own_folder() { mkdir -p -m 700 "$1" && { [ -z "$RUN_OWNER" ] || chown "$RUN_OWNER" "$1"; }; }
own_file() { touch "$1" && chmod 600 "$1" && { [ -z "$RUN_OWNER" ] || chown "$RUN_OWNER" "$1"; }; }

# external_url PART: the URL that replaces a built-in part, if there is one. What `zeroui env` printed for a built-in
# part comes back in the environment of the same shell and is no replacement.
external_url() {
  [ "${ZEROUI_PORTS:-default}" != free ] || return 0
  case ",${ZEROUI_ENV_BUILTIN:-}," in *",$1,"*) return 0 ;; esac
  if [ "$1" = redis ]; then printf %s "${REDIS_URL:-}"; else value_of "ZEROUI_$(upper "$1")_DB_URL"; fi
}

# plane_redis_url PLANE: what its service is given: a URL for this plane alone, else REDIS_URL where Redis is external, else
# the plane's own login of the built-in one.
plane_redis_url() {
  plane_redis=''
  case "${ZEROUI_PORTS:-default},${ZEROUI_ENV_BUILTIN:-}," in
    free,* | *,redis,*) ;;
    *) plane_redis=$(value_of "ZEROUI_$(upper "$1")_REDIS_URL") ;;
  esac
  [ -n "$plane_redis" ] || plane_redis=$(external_url redis)
  if [ -n "$plane_redis" ]; then
    printf %s "$plane_redis"
  elif [ -n "$(port_of redis)" ]; then
    printf %s "redis://zeroui-$1:$(secret "redis_$1")@127.0.0.1:$(port_of redis)"
  fi
}

is_external() { [ -n "$(external_url "$1")" ]; }

zu_root() {
  case ",${ZEROUI_ENV_BUILTIN:-}," in *,zu_root,*) echo "$STATE/zu_root"; return ;; esac
  if [ "${ZEROUI_PORTS:-default}" = free ]; then echo "$STATE/zu_root"; else echo "${ZU_ROOT:-$STATE/zu_root}"; fi
}

write_env() {
  (
    umask 077
    for env_plane in $PLANES; do
      env_name=ZEROUI_$(upper "$env_plane")
      if is_external "$env_plane"; then
        echo "${env_name}_DB_URL=$(external_url "$env_plane")"
        env_migration=$(value_of "${env_name}_DB_MIGRATION_URL")
        [ -z "$env_migration" ] || echo "${env_name}_DB_MIGRATION_URL=$env_migration"
      elif [ -n "$(port_of "$env_plane")" ]; then
        env_at=127.0.0.1:$(port_of "$env_plane")/zeroui_${env_plane}_pg
        echo "${env_name}_DB_URL=postgresql://zeroui_${env_plane}_user:$(secret "pg_${env_plane}_user")@$env_at"
        echo "${env_name}_DB_MIGRATION_URL=postgresql://zeroui_${env_plane}_owner:$(secret "pg_${env_plane}_owner")@$env_at"
        [ -z "$(port_of "pool-$env_plane")" ] || echo "${env_name}_DB_POOL_URL=postgresql://zeroui_${env_plane}_user:$(secret "pg_${env_plane}_user")@127.0.0.1:$(port_of "pool-$env_plane")/zeroui_${env_plane}_pg"
        echo "${env_name}_DB_ANALYTICS_URL=postgresql://zeroui_${env_plane}_analytics_ro:$(secret "pg_${env_plane}_analytics")@$env_at"
        echo "${env_name}_DB_ADMIN_URL=postgresql://zeroui_admin:$(secret "pg_${env_plane}_admin")@$env_at"
      fi
      env_redis=$(plane_redis_url "$env_plane")
      [ -z "$env_redis" ] || echo "${env_name}_REDIS_URL=$env_redis"
      echo "${env_name}_HTTP_PORT=$(port_of "http-$env_plane")"
      echo "${env_name}_URL=http://127.0.0.1:$(port_of "http-$env_plane")"
    done
    if is_external redis; then
      echo "REDIS_URL=$(external_url redis)"
    elif [ -n "$(port_of redis)" ]; then
      echo "REDIS_URL=redis://default:$(secret redis)@127.0.0.1:$(port_of redis)"
    fi
    echo "ZU_ROOT=$(zu_root)"
    echo "ZEROUI_ADMIN_KEY=$(secret admin_key)"
    echo "ZEROUI_ADMIN_KEY_HASH=$(admin_key_hash)"
    env_log_key=$(value_of ZEROUI_EVIDENCE_LOG_KEY)
    echo "ZEROUI_EVIDENCE_LOG_KEY=${env_log_key:-$(secret evidence_log_key)}"
    env_witness_key=$(value_of ZEROUI_WITNESS_KEY)
    echo "ZEROUI_WITNESS_KEY=${env_witness_key:-$(secret witness_key)}"
    env_snapshot_key=$(value_of ZEROUI_POLICY_SNAPSHOT_KEY)
    echo "ZEROUI_POLICY_SNAPSHOT_KEY=${env_snapshot_key:-$(secret policy_snapshot_key)}"
    env_policy_keys=$(value_of ZEROUI_POLICY_KEYS)
    echo "ZEROUI_POLICY_KEYS=${env_policy_keys:-$STATE/keys/policy.properties}"
    env_policy_root=$(value_of ZEROUI_POLICY_ROOT)
    echo "ZEROUI_POLICY_ROOT=${env_policy_root:-$STATE/keys/policy-root.json}"
    env_rulings_key=$(value_of ZEROUI_RULINGS_KEY)
    echo "ZEROUI_RULINGS_KEY=${env_rulings_key:-$STATE/keys/rulings.seed}"
    env_rulings_trust=$(value_of ZEROUI_RULINGS_TRUST)
    echo "ZEROUI_RULINGS_TRUST=${env_rulings_trust:-$STATE/keys/rulings.pem}"
  ) >"$STATE/runtime.env.tmp" && chmod 600 "$STATE/runtime.env.tmp" && mv -f "$STATE/runtime.env.tmp" "$STATE/runtime.env"
}

# wipe_state: only a folder with our marker, and in it only what we made.
wipe_state() {
  [ -d "$STATE" ] || return 0
  [ -f "$STATE/$STATE_MARKER" ] || die "$STATE has no $STATE_MARKER, so it is not removed" 'remove it yourself if you mean to'
  for entry in $STATE_ENTRIES; do rm -rf "${STATE:?}/$entry"; done
  rm -f "$STATE/$STATE_MARKER"
  rmdir "$STATE" 2>/dev/null || say "left in $STATE: $(ls -A "$STATE" | tr '\n' ' ')"
}
