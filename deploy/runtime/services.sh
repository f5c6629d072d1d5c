# The four plane services: start, wait until ready, stop. Sourced, never run.
# shellcheck shell=sh

service_home() { echo "$STATE/jvm/$1"; }
service_log() { echo "$STATE/log/$1.log"; }
service_pid() { cat "$STATE/run/$1.pid" 2>/dev/null; }
service_running() { runs_in "$(service_pid "$1")" "$(service_home "$1")"; }
service_ready() { curl -fs -o /dev/null -m 2 "http://127.0.0.1:$(port_of "http-$1")/q/health/ready"; }

# service_variables PLANE: the only variables of runtime.env a plane may see. Another plane's database is not among them, nor
# another plane's or the operators' login of Redis.
service_variables() {
  service_name=ZEROUI_$(upper "$1")
  grep -E "^(${service_name}_(DB_URL|DB_MIGRATION_URL|HTTP_PORT)|ZU_ROOT|ZEROUI_ADMIN_KEY_HASH)=" "$STATE/runtime.env"
  sed -n "s/^${service_name}_REDIS_URL=/REDIS_URL=/p" "$STATE/runtime.env"
  [ "$1" != tenant ] || grep '^ZEROUI_EVIDENCE_LOG_KEY=' "$STATE/runtime.env"
  [ "$1" != tenant ] || env | grep '^ZEROUI_EVIDENCE_WITNESSES=' || :
  [ "$1" != product ] || grep -E '^ZEROUI_(WITNESS_KEY|POLICY_SNAPSHOT_KEY|POLICY_KEYS)=' "$STATE/runtime.env"
  case $1 in ide | tenant) grep '^ZEROUI_POLICY_ROOT=' "$STATE/runtime.env" ;; esac
  case $1 in tenant | product) grep '^ZEROUI_RULINGS_TRUST=' "$STATE/runtime.env" ;; esac
  [ "$1" != shared ] || grep '^ZEROUI_RULINGS_KEY=' "$STATE/runtime.env"
  [ "$1" != shared ] || env | grep '^ZEROUI_RULINGS_EPOCH=' || :
  [ "$1" != product ] || env | grep -E '^ZEROUI_(EMBEDDING|VECTORS)_[A-Z_]*=' || :
  case $1 in ide | tenant) env | grep -E '^ZEROUI_BUNDLE_KEY(_ID)?=' || : ;; esac
  env | grep -E "^${service_name}_DATABASES=" || :
  env | grep -E '^(ZEROUI_EDGE_[A-Z0-9_]*|ZEROUI_JWT_[A-Z0-9_]*|ZEROUI_LIMITS_[A-Z0-9_]*|ZEROUI_REGISTRY_[A-Z0-9_]*|ZEROUI_EVIDENCE_LOG_(ORIGIN|PAUSE)|QUARKUS_LOG_[A-Z0-9_]*|ZEROUI_JAVA_OPTS)=' || :
}

# service_stamp PLANE: changes when the program, its Java or its settings change; a service with another one is restarted.
service_stamp() {
  { echo "$STAMP $RUN_HOME"; service_variables "$1"; } | sha256sum | cut -c1-16
}

# install_service PLANE: services run from a copy, so that a later build does not pull the jars from under them.
install_service() {
  service_app=$(service_home "$1")/$STAMP
  [ -f "$service_app/quarkus-run.jar" ] && return 0
  mkdir -p "$(service_home "$1")"
  rm -rf "$(service_home "$1")"/*
  cp -Rp "$CHECKOUT/$1-plane-service/target/quarkus-app" "$service_app.tmp" && mv "$service_app.tmp" "$service_app" ||
    die "copying the $1 service to $service_app failed" 'is the disk full?'
}

# java_options PLANE. Two cores carry four JVMs, four databases and Redis: small heaps and no concurrent collector threads.
# The two planes on the receipts' way get more heap and the collector that uses both cores for its short young pauses.
java_options() {
  case $1 in ide | tenant) echo -Xmx768m -XX:+UseParallelGC ;; *) echo -Xmx512m -XX:+UseSerialGC ;; esac
  # Half of what a start costs is compiling for speed what runs but once; the optimising compiler waits four times as long.
  echo -XX:Tier4InvocationThreshold=20000 -XX:Tier4MinInvocationThreshold=2400 -XX:Tier4CompileThreshold=60000
  echo -XX:Tier4BackEdgeThreshold=160000
  echo -Xms64m -XX:+ExitOnOutOfMemoryError -Djava.util.logging.manager=org.jboss.logmanager.LogManager
  echo -Dcom.amazon.corretto.crypto.provider.registerEdKeyFactory=true
  [ "$RUN_MAJOR" -lt 24 ] || echo --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow
  archive_options "$1"
}

# launch_service PLANE: in a session of its own, with nothing in its environment but what the plane may know.
launch_service() {
  rotate_log "$(service_log "$1")"
  service_stamp "$1" >"$STATE/run/$1.stamp"
  (umask 077 && touch "$(service_log "$1")")
  wc -l <"$(service_log "$1")" >"$STATE/run/$1.mark"
  service_settings=$(service_variables "$1")
  service_options=$(java_options "$1")
  (
    exec 9>&-
    cd "$(service_home "$1")" || exit 1
    for name in $(env | sed -n 's/^\([A-Za-z_][A-Za-z0-9_]*\)=.*/\1/p'); do
      case $name in PATH | HOME | PWD) ;; *) unset "$name" ;; esac
    done
    umask 077
    LANG=C.UTF-8 TZ=UTC
    export LANG TZ
    while IFS= read -r setting; do [ -z "$setting" ] || export "$setting"; done <<SETTINGS
$service_settings
SETTINGS
    # shellcheck disable=SC2086
    exec setsid "$RUN_HOME/bin/java" $service_options ${ZEROUI_JAVA_OPTS:-} -jar "$STAMP/quarkus-run.jar"
  ) </dev/null >>"$(service_log "$1")" 2>&1 &
  echo $! >"$STATE/run/$1.pid"
}

service_new_lines() { tail -n "+$(($(cat "$STATE/run/$1.mark") + 1))" "$(service_log "$1")"; }

# start_services: starts or restarts what needs it, then waits for all of them.
start_services() {
  launched='' from=$(date +%s)
  for plane in $PLANES; do
    if service_running "$plane"; then
      [ "$(cat "$STATE/run/$plane.stamp" 2>/dev/null)" != "$(service_stamp "$plane")" ] || continue
      say "$plane: the program or its settings changed, restarting"
      stop_services "$plane"
    fi
    choose_port "http-$plane"
    launched="$launched $plane"
  done
  write_env
  for plane in $launched; do
    install_service "$plane"
    launch_service "$plane"
  done
  [ -z "$launched" ] || say "starting the services$launched on Java $RUN_MAJOR"
  wait_services "$PLANES"
  enrol_policy_root
  enrol_rulings_key
  [ -z "$launched" ] || say "services ready after $(($(date +%s) - from)) s"
}

# enrol_rulings_key: the public key of the rulings, which tenant and product plane pin. They look for it again.
enrol_rulings_key() {
  rulings_key=$(zu_root)/shared/${ZEROUI_ORGANISATION:-zeroui}/${ZEROUI_REGION:-local}/provider-registry/trust/rulings.pem
  [ ! -f "$rulings_key" ] || [ -f "$STATE/keys/rulings.pem" ] || {
    cp "$rulings_key" "$STATE/keys/rulings-pem.tmp" && mv "$STATE/keys/rulings-pem.tmp" "$STATE/keys/rulings.pem"
  }
}

# enrol_policy_root: what an enrolment brings to tenant and edge: the root below which policies are signed. They look for it again.
enrol_policy_root() {
  policy_root=$(zu_root)/product/${ZEROUI_REGION:-local}/policy/trust/roots/1.root.json
  [ ! -f "$policy_root" ] || [ -f "$STATE/keys/policy-root.json" ] || {
    cp "$policy_root" "$STATE/keys/policy-root.tmp" && mv "$STATE/keys/policy-root.tmp" "$STATE/keys/policy-root.json"
  }
}

# wait_services PLANES: until each answers its readiness check; one whose port was taken meanwhile gets another.
wait_services() {
  waiting=$1 polls=0 from=${from:-$(date +%s)}
  while [ -n "$waiting" ]; do
    still=''
    for plane in $waiting; do
      if ! service_running "$plane"; then
        [ $polls -gt 4 ] && service_ended "$plane"
        still="$still $plane"
      elif ! service_ready "$plane"; then
        still="$still $plane"
      fi
    done
    waiting=$still
    [ -n "$waiting" ] || break
    if [ $((polls += 1)) -ge 360 ]; then service_failed "${waiting# }" 'was not ready within 90 s'; fi
    [ $((polls % 20)) -ne 0 ] || say "… $(($(date +%s) - from)) s: waiting for$waiting"
    sleep 0.25
  done
}

service_ended() {
  if service_new_lines "$1" | grep -Eqi 'address already in use|port .* (in use|seems to be in use)' &&
    [ "$(cat "$STATE/run/$1.retries" 2>/dev/null || echo 0)" -lt 3 ]; then
    echo $(($(cat "$STATE/run/$1.retries" 2>/dev/null || echo 0) + 1)) >"$STATE/run/$1.retries"
    replace_port "http-$1" "$(port_of "http-$1")"
    write_env
    launch_service "$1"
    return 0
  fi
  service_failed "$1" 'ended while starting'
}

# service_failed PLANES WHY
service_failed() {
  failed=${1%% *}
  curl -s -m 2 "http://127.0.0.1:$(port_of "http-$failed")/q/health/ready" 2>/dev/null | head -c 1500 >&2
  die "the $1 service $2" "its log $(service_log "$failed") ends with:" "$(service_new_lines "$failed" | tail -n 15)" \
    'what did start still runs: ./zeroui down stops it'
}

# stop_services PLANES: SIGTERM to all of them, then waits; with Java 19 or newer its first stop writes a service's archive.
stop_services() {
  stopping=''
  stop_archiving
  for plane in $1; do
    rm -f "$STATE/run/$plane.retries"
    if service_running "$plane"; then
      kill -TERM "$(service_pid "$plane")" 2>/dev/null && stopping="$stopping $plane"
    fi
  done
  for plane in $stopping; do
    wait_gone "$(service_pid "$plane")" "$(service_home "$plane")" 40 || {
      say "$plane: the service does not stop within 40 s, killing it"
      kill_tree "$(service_pid "$plane")"
    }
    rm -f "$STATE/run/$plane.pid"
  done
  [ -z "$stopping" ] || say "stopped$stopping"
}
