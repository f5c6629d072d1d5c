#!/bin/sh
# The password comes from the environment and stands in the ACL file as its hash: no process list shows it.
set -eu
[ -n "${REDISCLI_AUTH:-}" ] || {
  echo 'zeroui: error: REDISCLI_AUTH, the password, is not set; make the settings with deploy/compose/env.sh' >&2
  exit 1
}
hash=$(printf %s "$REDISCLI_AUTH" | sha256sum | cut -c1-64)
(umask 077 && echo "user default on #$hash ~* &* +@all" >/run/redis/users.acl)
unset REDISCLI_AUTH
exec redis-server /etc/zeroui/redis.conf "$@"
