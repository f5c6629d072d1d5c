#!/bin/sh
# Prints all manifests of an overlay. Usage: render.sh [pilot|cloud]
# With kubectl from the path, else with one from Debian's packages in the project's cache; needs no cluster.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
overlay=${1:-pilot}
[ -d "$here/overlays/$overlay" ] || {
  printf 'zeroui: error: no overlay %s\n  there are: %s\n' "$overlay" "$(cd "$here/overlays" && echo *)" >&2
  exit 2
}
kubectl=$("$here/../runtime/runtime.sh" which kubectl)
exec "$kubectl" kustomize "$here/overlays/$overlay"
