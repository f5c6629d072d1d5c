#!/bin/sh
# Makes the plane's cluster on an empty volume, then becomes the server. The cluster is built beside its place and moved
# there whole: a container killed in the middle starts over instead of leaving half a cluster.
set -eu
data=/var/lib/postgresql/data
cluster=$data/17

fail() { printf 'zeroui: error: %s\n' "$1" >&2; exit 1; }

make_cluster() {
  for name in ZEROUI_ADMIN_PASSWORD ZEROUI_OWNER_PASSWORD ZEROUI_USER_PASSWORD ZEROUI_ANALYTICS_PASSWORD; do
    eval "[ -n \"\${$name:-}\" ]" || fail "$name is not set; make the settings with deploy/compose/env.sh"
  done
  [ -w "$data" ] || fail "the volume at $data is not writable for uid $(id -u)"
  new=$data/17.new
  rm -rf "$new"
  (umask 077 && printf '%s' "$ZEROUI_ADMIN_PASSWORD" >/tmp/admin.pw)
  initdb -D "$new" -U zeroui_admin --pwfile=/tmp/admin.pw -A scram-sha-256 -E UTF8 -k \
    --locale-provider=builtin --builtin-locale=C.UTF-8 --locale=C --no-instructions >/dev/null
  rm -f /tmp/admin.pw
  echo "include '/etc/zeroui/postgresql.conf'" >>"$new/postgresql.conf"
  pg_ctl -D "$new" -w -t 120 -o "-c listen_addresses=''" -l /tmp/bootstrap.log start >/dev/null ||
    { cat /tmp/bootstrap.log >&2; fail 'the new cluster did not start'; }
  psql -qXAt -v ON_ERROR_STOP=1 -U zeroui_admin -d postgres -f /etc/zeroui/bootstrap.sql ||
    { cat /tmp/bootstrap.log >&2; fail "creating logins and database of plane $ZEROUI_PLANE failed"; }
  pg_ctl -D "$new" -w -m fast stop >/dev/null
  mv "$new" "$cluster"
  printf 'zeroui: created the cluster of plane %s\n' "$ZEROUI_PLANE" >&2
}

case ${ZEROUI_PLANE:-} in
  ide | tenant | product | shared) ;;
  *) fail "ZEROUI_PLANE is '${ZEROUI_PLANE:-}', not one of ide, tenant, product, shared" ;;
esac
[ -f "$cluster/PG_VERSION" ] || make_cluster
unset ZEROUI_ADMIN_PASSWORD ZEROUI_OWNER_PASSWORD ZEROUI_USER_PASSWORD ZEROUI_ANALYTICS_PASSWORD
exec postgres -D "$cluster" "$@"
