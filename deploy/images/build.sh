#!/bin/sh
# Builds the images of databases, connection pools, Redis and the four plane services.
# Usage: build.sh [--local-images] [PART…]      PART: postgres pgbouncer redis ide tenant product shared (default: all)
#   --local-images   nothing from a registry: the base is made from Debian packages (base.sh)
# Environment: ZEROUI_TAG (local), JAVA_BASE_IMAGE (eclipse-temurin:25-jre), DEBIAN_BASE_IMAGE (debian:trixie-slim),
#   JAVA_PACKAGE (openjdk-25-jre-headless; only for --local-images)
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
tag=${ZEROUI_TAG:-local}
debian=${DEBIAN_BASE_IMAGE:-debian:trixie-slim}
java=${JAVA_BASE_IMAGE:-eclipse-temurin:25-jre}
package=''

say() { printf 'zeroui: %s\n' "$*" >&2; }
die() {
  printf 'zeroui: error: %s\n' "$1" >&2
  shift
  for mend; do printf '  %s\n' "$mend" >&2; done
  exit 1
}
usage() { sed -n '2,6s/^# \{0,1\}//p' "$0"; }

parts=''
for argument; do
  case $argument in
    --local-images)
      debian=zeroui/debian:trixie-slim
      java=$debian
      package=${JAVA_PACKAGE:-openjdk-25-jre-headless}
      ;;
    -h | --help) usage; exit 0 ;;
    postgres | pgbouncer | redis | ide | tenant | product | shared) parts="$parts $argument" ;;
    *) usage >&2; die "unknown argument '$argument'" ;;
  esac
done

# build IMAGE CONTEXT ARGUMENT…: quiet when it works, the whole log when not.
build() {
  image=zeroui/$1:$tag context=$2
  shift 2
  started=$(date +%s)
  log=$(mktemp)
  if docker build -t "$image" "$@" "$context" >"$log" 2>&1; then
    rm -f "$log"
    size=$(docker image inspect --format '{{.Size}}' "$image")
    say "built $image ($((size / 1000000)) MB) in $(($(date +%s) - started)) s"
  else
    tail -n 40 "$log" >&2
    die "building $image failed" "the whole log is $log" 'without a registry: build.sh --local-images'
  fi
}

service() {
  app=$root/$1-plane-service/target/quarkus-app
  [ -f "$app/quarkus-run.jar" ] || die "$app/quarkus-run.jar is missing" './mvnw -DskipTests package'
  # The two planes on the receipts' way get the collector that uses both cores for its short young pauses.
  case $1 in ide | tenant) collector=-XX:+UseParallelGC ;; *) collector=-XX:+UseSerialGC ;; esac
  build "$1-plane-service" "$app" -f "$here/jvm/Dockerfile" --build-arg "BASE_IMAGE=$java" \
    --build-arg "JAVA_PACKAGE=$package" --build-arg "JAVA_OPTIONS=$collector"
}

docker version --format '{{.Server.Version}}' >/dev/null 2>&1 || die 'no container engine answers' 'start it, or set DOCKER_HOST'
[ -z "$package" ] || sh "$here/base.sh" "$debian"
for part in ${parts:-postgres pgbouncer redis ide tenant product shared}; do
  case $part in
    postgres | pgbouncer | redis) build "$part" "$here/$part" --build-arg "BASE_IMAGE=$debian" ;;
    *) service "$part" ;;
  esac
done
