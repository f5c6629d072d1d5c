# Archives of the services' loaded classes: with one a service starts in half the time. Sourced, never run.
# shellcheck shell=sh

archive_of() { echo "$(service_home "$1")/classes-$RUN_MAJOR-$STAMP.jsa"; }

# archive_options PLANE: what makes Java use the service's archive, or lets one be made. Java 19 and newer make it themselves
# when the service stops. Older ones crash when they would archive a lambda of a class from a signed jar, as the crypto
# provider's are; they only list what they load, and archive_classes makes the archive without those.
archive_options() {
  if [ "$RUN_MAJOR" -ge 19 ]; then
    echo -XX:+AutoCreateSharedArchive "-XX:SharedArchiveFile=$(archive_of "$1")" -Xlog:cds=off -Xlog:cds+dynamic=off
  elif [ -f "$(archive_of "$1")" ]; then
    echo "-XX:SharedArchiveFile=$(archive_of "$1")" -Xlog:cds=off
  else
    echo "-XX:DumpLoadedClassList=$(archive_of "$1").list"
  fi
}

# archive_classes: makes the archives that are missing, one after the other, behind everything else that wants the processor.
archive_classes() {
  [ "$RUN_MAJOR" -lt 19 ] || return 0
  for plane in $PLANES; do
    [ -f "$(archive_of "$plane")" ] || [ ! -s "$(archive_of "$plane").list" ] || {
      stop_archiving
      (
        exec 9>&-
        cd "$STATE/run" || exit 1
        archive_all
      ) </dev/null >/dev/null 2>&1 &
      echo $! >"$STATE/run/archiving.pid"
      return 0
    }
  done
}

archive_all() {
  for plane in $PLANES; do
    [ ! -f "$(archive_of "$plane")" ] || continue
    (cd "$(service_home "$plane")" && archive_one "$plane")
  done
}

# archive_one PLANE: in the service's folder, with the class path as the service has it: Java compares them.
archive_one() {
  archive=$(archive_of "$1")
  grep -vE '^@lambda-proxy (com/amazon/corretto|org/bouncycastle)/' "$archive.list" >"$archive.wanted"
  nice -n 19 "$RUN_HOME/bin/java" -Xshare:dump "-XX:SharedClassListFile=$archive.wanted" "-XX:SharedArchiveFile=$archive.new" \
    '-Xlog:cds*=off' -Xlog:class+load=off -cp "$STAMP/quarkus-run.jar" && mv "$archive.new" "$archive"
  rm -f "$archive.wanted" "$archive.list"
}

# stop_archiving: ends what archive_classes has under way; the next start lists and tries again.
stop_archiving() {
  archiving=$(cat "$STATE/run/archiving.pid" 2>/dev/null) || return 0
  ! runs_in "$archiving" "$STATE/run" || kill_tree "$archiving"
  rm -f "$STATE/run/archiving.pid"
}
