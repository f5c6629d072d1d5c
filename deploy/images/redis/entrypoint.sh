#!/bin/sh
# Writes the ACL file: the logins of users.acl (mounted from deploy/redis) with the hashes of their passwords, which come
# from the environment: no process list shows them, and the server does not inherit them. Logins that were added to a
# running Redis and saved (an edge's) stay.
set -eu
die() { echo "zeroui: error: $1" >&2; exit 1; }
[ -r /etc/zeroui/users.acl ] || die '/etc/zeroui/users.acl is not there; mount deploy/redis/users.acl'
hash() { printf %s "$1" | sha256sum | cut -c1-64; }
[ -n "${REDISCLI_AUTH:-}" ] || die 'REDISCLI_AUTH, the password of the operators, is not set; run deploy/compose/env.sh'
edits="s/{password-hash:default}/$(hash "$REDISCLI_AUTH")/"
for plane in ide tenant product shared; do
  variable=ZEROUI_$(printf %s "$plane" | tr '[:lower:]' '[:upper:]')_REDIS_PASSWORD
  eval "password=\${$variable:-}"
  [ -n "$password" ] || die "$variable is not set; run deploy/compose/env.sh"
  edits="$edits;s/{password-hash:$plane}/$(hash "$password")/"
  unset "$variable"
done
acl=/data/users.acl
(
  umask 077
  sed "$edits" /etc/zeroui/users.acl
  [ ! -f "$acl" ] || awk 'NR == FNR { ours[$2]; next } $1 == "user" && !($2 in ours)' /etc/zeroui/users.acl "$acl"
) >"$acl.tmp"
chmod 600 "$acl.tmp" && mv "$acl.tmp" "$acl"
unset REDISCLI_AUTH password
exec redis-server /etc/zeroui/redis.conf "$@"
