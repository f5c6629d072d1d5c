# The JDK and the build: finds a JDK, builds what is missing or older than its sources. Sourced, never run.
# shellcheck shell=sh

SERVICE_MODULES='ide-plane-service,tenant-plane-service,product-plane-service,shared-plane-service,cli'

# java_homes: every folder that may hold a JDK, in the order of preference.
java_homes() {
  [ -z "${JAVA_HOME:-}" ] || echo "$JAVA_HOME"
  java_path=$(command -v java 2>/dev/null) && dirname "$(dirname "$(readlink -f "$java_path")")"
  for java_home in /usr/lib/jvm/*; do [ -x "$java_home/bin/java" ] && readlink -f "$java_home"; done
}

# java_major HOME: its major version, 0 when it cannot tell.
java_major() {
  java_version=$(sed -n 's/^JAVA_VERSION="\(1\.\)\{0,1\}\([0-9]*\).*/\2/p' "$1/release" 2>/dev/null)
  [ -n "$java_version" ] ||
    java_version=$("$1/bin/java" -version 2>&1 | sed -n '1s/.*"\(1\.\)\{0,1\}\([0-9]*\).*/\2/p')
  echo "${java_version:-0}"
}

# find_java: RUN_HOME is the newest Java of at least 17, BUILD_HOME the first JDK (with a compiler) of at least 17.
find_java() {
  RUN_HOME='' RUN_MAJOR=0 BUILD_HOME='' java_seen=''
  for java_home in $(java_homes | awk '!seen[$0]++'); do
    [ -x "$java_home/bin/java" ] || continue
    java_found=$(java_major "$java_home")
    java_seen="$java_seen $java_home ($java_found)"
    [ "$java_found" -ge 17 ] || continue
    if [ -x "$java_home/bin/javac" ] && [ -z "$BUILD_HOME" ]; then BUILD_HOME=$java_home; fi
    if [ "$java_found" -gt "$RUN_MAJOR" ]; then RUN_HOME=$java_home RUN_MAJOR=$java_found; fi
  done
  [ -n "$RUN_HOME" ] || die 'no Java of version 17 or newer was found' "found:${java_seen:- none}" \
    "install one, for example the package 'openjdk-17-jdk-headless' or newer, or set JAVA_HOME"
}

need_jdk() {
  [ -n "$BUILD_HOME" ] || die "a Java of version 17 or newer is here, but none with a compiler, and there is something to build" \
    "found:$java_seen" "install a JDK, for example the package 'openjdk-17-jdk-headless', or set JAVA_HOME"
}

# source_stamp: a hash of everything the services and the CLI are built from.
source_stamp() (
  cd "$CHECKOUT" || exit 1
  find pom.xml .mvn db ./*/pom.xml ./*/src/main -type f 2>/dev/null | LC_ALL=C sort | xargs sha256sum | sha256sum | cut -c1-16
)

service_jar() { echo "$CHECKOUT/$1-plane-service/target/quarkus-app/quarkus-run.jar"; }
CLI_JAR=cli/target/zeroui-cli.jar

build_stamp_file() { echo "$CHECKOUT/target/zeroui-build.stamp"; }

# build_fresh: whether all jars are there and built from the sources as they are now. Sets STAMP.
build_fresh() {
  STAMP=$(source_stamp)
  [ -f "$CHECKOUT/$CLI_JAR" ] || return 1
  for plane in $PLANES; do [ -f "$(service_jar "$plane")" ] || return 1; done
  [ "$(cat "$(build_stamp_file)" 2>/dev/null)" = "$STAMP" ]
}

check_build_host() {
  need_jdk
  command -v curl >/dev/null 2>&1 || command -v wget >/dev/null 2>&1 ||
    die "'curl' is missing: it fetches Maven" "install the package 'curl' and try again"
  build_free=$(df -Pk "$CHECKOUT" | awk 'NR == 2 { print $4 }')
  [ "${build_free:-0}" -ge 1048576 ] ||
    die "only $((build_free / 1024)) MB free at $CHECKOUT, 1 GB is needed to build" 'make room and try again'
}

# maven ARGUMENT…: the wrapper with the chosen JDK; nothing of a running system's addresses in its environment.
maven() (
  for name in $(env | sed -n 's/^\(ZEROUI_[A-Z]*_\(DB\|HTTP\|URL\)[A-Z_]*\)=.*/\1/p'); do unset "$name"; done
  unset REDIS_URL ZU_ROOT ZEROUI_ENV_BUILTIN
  JAVA_HOME=$BUILD_HOME
  export JAVA_HOME
  cd "$CHECKOUT" && exec ./mvnw -B "$@"
)

build_all() {
  check_build_host
  build_log=$CHECKOUT/target/zeroui-build.log
  mkdir -p "$CHECKOUT/target"
  say "building with JDK $(java_major "$BUILD_HOME") (the first time Maven fetches its libraries); log: $build_log"
  build_from=$(date +%s)
  watch_command "$build_log" 'Building [A-Za-z].*\[' build_note \
    maven -Dmaven.test.skip=true -Dformatter.skip=true -Dimpsort.skip=true -Dstyle.color=never -pl "$SERVICE_MODULES" -am package ||
    { grep -E '^\[ERROR\]|^Error|error:' "$build_log" | head -n 12 >&2
      die 'the build failed' "its log is $build_log and ends with:" "$(grep -v '^\[ERROR\]' "$build_log" | tail -n 5)"; }
  [ "$(source_stamp)" = "$STAMP" ] && echo "$STAMP" >"$(build_stamp_file)"
  build_own_sbom
  say "built in $(($(date +%s) - build_from)) s"
}

# build_own_sbom: target/bom.json, what all this is made of. A step of its own, whose failure stops nothing: the programs are built.
build_own_sbom() {
  maven -q -Psbom -Dstyle.color=never -pl "$SERVICE_MODULES" -am org.cyclonedx:cyclonedx-maven-plugin:makeAggregateBom@bill-of-materials \
    >>"$build_log" 2>&1 </dev/null || say "the bill of materials of this build was not made; why, says $build_log"
}

build_note() {
  build_step=$(sed -n 's/.*Building \([A-Za-z][^[]*[^[ ]\) .*\[\([0-9]*\/[0-9]*\)\].*/\1 (\2)/p' "$1" | tail -n 1)
  echo "${build_step:-Maven reads the project}, $(grep -c 'Downloaded from' "$1") files fetched so far"
}

# watch_command LOG PATTERN NOTE COMMAND…: runs the command with its output in LOG, shows the lines that match PATTERN as
# they come, and what NOTE prints whenever ten seconds have brought nothing to show. Returns the command's result.
watch_command() {
  watch_log=$1 watch_pattern=$2 watch_note=$3 watch_seen=0 watch_ticks=0 watch_from=$(date +%s)
  shift 3
  : >"$watch_log"
  "$@" >"$watch_log" 2>&1 </dev/null &
  watch_pid=$!
  trap 'kill -TERM $watch_pid 2>/dev/null; exit 130' INT TERM
  while kill -0 "$watch_pid" 2>/dev/null; do
    sleep 0.5
    watch_show
    if [ $((watch_ticks += 1)) -ge 20 ]; then
      say "… $(($(date +%s) - watch_from)) s: $("$watch_note" "$watch_log")"
      watch_ticks=0
    fi
  done
  watch_rc=0
  wait "$watch_pid" || watch_rc=$?
  watch_show
  trap - INT TERM
  return $watch_rc
}

watch_show() {
  watch_lines=$(wc -l <"$watch_log")
  [ "$watch_lines" -gt "$watch_seen" ] || return 0
  watch_new=$(sed -n "$((watch_seen + 1)),${watch_lines}p" "$watch_log" | grep -E -- "$watch_pattern") && {
    printf '%s\n' "$watch_new" | sed 's/^\[[A-Z]*\] *//; s/-*< .* >-*//' >&2
    watch_ticks=0
  }
  watch_seen=$watch_lines
}
