# The private root: Debian 13 packages unpacked into the cache and run through their own loader. Sourced, never run.
# shellcheck shell=sh

ROOT_PACKAGES='postgresql-17 postgresql-client-17 postgresql-17-pgvector libpq5 redis-tools redis-server pgbouncer
libevent-2.1-7t64 libcares2 libc6 libgcc-s1 libstdc++6 libicu76 libssl3t64 libxml2 zlib1g libzstd1 liblz4-1 liblzma5
libpam0g libaudit1 libcap-ng0 libcap2 libldap2 libsasl2-2 libgssapi-krb5-2 libkrb5-3 libk5crypto3 libkrb5support0
libcom-err2 libkeyutils1 libsystemd0 libuuid1 libreadline8t64 libtinfo6 libjemalloc2 liblzf1 libatomic1 libxxhash0'
ROOT_SUITE=trixie
ROOT_RECIPE=1 # raise it when unpacking or wrapping changes

settle_root() {
  case $(uname -m) in
    x86_64) root_arch=amd64 root_triple=x86_64-linux-gnu root_loader=ld-linux-x86-64.so.2 ;;
    aarch64) root_arch=arm64 root_triple=aarch64-linux-gnu root_loader=ld-linux-aarch64.so.1 ;;
    *) die "no database runtime for the processor '$(uname -m)'" 'set the ZEROUI_…_DB_URL and REDIS_URL variables to databases of your own' ;;
  esac
  root_id=$(printf '%s' "$ROOT_RECIPE $ROOT_SUITE $ROOT_PACKAGES" | sha256sum | cut -c1-8)
  ROOT=$CACHE/$ROOT_SUITE-$root_arch-$root_id
  PG_BIN=$ROOT/usr/lib/postgresql/17/bin
}

root_ready() { [ -f "$ROOT/.complete" ]; }

fetch_root() {
  root_ready && return 0
  check_fetch_host
  mkdir -p "$CACHE" || die "cannot create the cache folder $CACHE" 'set ZEROUI_CACHE to a folder you may write'
  with_lock "$CACHE/lock" 900 build_root
}

check_fetch_host() {
  for fetch_tool in 'apt-get apt' 'dpkg-deb dpkg' 'tar tar' 'flock util-linux' 'sha256sum coreutils'; do
    # shellcheck disable=SC2086
    set -- $fetch_tool
    command -v "$1" >/dev/null 2>&1 || die "'$1' is missing, so the built-in databases cannot be fetched" \
      "install the package '$2'; or, on a machine that is neither Debian nor Ubuntu," \
      'set the ZEROUI_…_DB_URL and REDIS_URL variables (.env.example) to databases of your own, or use deploy/compose'
  done
  fetch_parent=$CACHE
  while [ ! -d "$fetch_parent" ]; do fetch_parent=$(dirname "$fetch_parent"); done
  fetch_free=$(df -Pk "$fetch_parent" | awk 'NR == 2 { print $4 }')
  [ "${fetch_free:-0}" -ge 409600 ] || die "only $((fetch_free / 1024)) MB free below $fetch_parent, 400 MB are needed" \
    'make room, or set ZEROUI_CACHE to a folder on another disk'
}

build_root() {
  root_ready && return 0
  fetch_start=$(date +%s)
  begin_build
  say "fetching PostgreSQL 17, pgvector and Redis 8 (about 40 MB, once)"
  download_packages "$ROOT_PACKAGES"
  say 'unpacking and checking them'
  unpack_root
  wrap_root
  verify_root
  end_build "$ROOT"
  say "database programs ready after $(($(date +%s) - fetch_start)) s in $ROOT"
}

# begin_build: an empty folder BUILD with an apt of its own that knows Debian's packages.
begin_build() {
  rm -rf "$CACHE"/build.*
  BUILD=$CACHE/build.$$
  mkdir -p "$BUILD/root" "$BUILD/debs"
  trap 'rm -rf "$BUILD"' EXIT
  trap 'exit 130' INT TERM
  private_apt
  fetch_index
}

# download_packages NAMES
download_packages() {
  # shellcheck disable=SC2086
  (cd "$BUILD/debs" && apt-get download -qq $1 >"$BUILD/download.log" 2>&1) ||
    die "downloading packages failed: $(grep -m1 '^E:' "$BUILD/download.log")" \
      'check the network and try again' "the mirror used was $mirror"
}

# end_build FOLDER: what was built appears there whole.
end_build() {
  chmod 755 "$CACHE" "$BUILD" "$BUILD/root"
  : >"$BUILD/root/.complete"
  rm -rf "$1" && mv "$BUILD/root" "$1"
  rm -rf "$BUILD"
  trap - EXIT INT TERM
}

# An apt of our own: no lock, no root, none of the host's packages; the host's proxy and login settings stay.
private_apt() {
  A=$BUILD/apt
  mkdir -p "$A/keys" "$A/none" "$A/state/lists/partial" "$A/cache/archives/partial"
  : >"$A/status"
  cp "$RUNTIME_DIR"/keys/*.asc "$A/keys/"
  for host_key in /usr/share/keyrings/debian-archive-"$ROOT_SUITE"-*.gpg; do
    [ -r "$host_key" ] && cp "$host_key" "$A/keys/"
  done
  {
    apt-config dump 2>/dev/null | grep -E '^Acquire::(https?|ftp)::|^Acquire::(Retries|Check-Date|Check-Valid-Until) ' || :
    cat <<CONF
Dir::Etc "$A"; Dir::Etc::SourceList "$A/sources.list"; Dir::Etc::SourceParts "$A/none"; Dir::Etc::Parts "$A/none";
Dir::Etc::Main "/dev/null"; Dir::Etc::Trusted "/dev/null"; Dir::Etc::TrustedParts "$A/keys";
Dir::Etc::Preferences "/dev/null"; Dir::Etc::PreferencesParts "$A/none";
Dir::Etc::netrc "/etc/apt/auth.conf"; Dir::Etc::netrcparts "/etc/apt/auth.conf.d";
Dir::State "$A/state"; Dir::State::status "$A/status"; Dir::Cache "$A/cache"; Dir::Log "$A";
APT::Architecture "$root_arch"; APT::Architectures { "$root_arch"; }; APT::Sandbox::User "";
APT::Get::AllowUnauthenticated "false"; Acquire::AllowInsecureRepositories "false"; Acquire::Languages "none";
Acquire::Retries "3"; Acquire::http::Timeout "30"; Acquire::https::Timeout "30"; Debug::NoLocking "true";
CONF
  } >"$A/apt.conf"
}

# mirrors: candidates, most likely first. The signature decides which one is really Debian's.
mirrors() {
  if [ -n "${ZEROUI_DEBIAN_MIRROR:-}" ]; then
    echo "$ZEROUI_DEBIAN_MIRROR"
    return
  fi
  {
    apt-get indextargets --no-release-info --format '$(REPO_URI)' 'Created-By: Packages' 2>/dev/null
    sed -n 's/^BaseURI: *//p' /usr/share/python-apt/templates/Debian.info 2>/dev/null
  } | grep -E '^(https?|ftp|file):' | sed 's#/*$##' | awk '
    /-security$/ || seen[$0]++ { next }
    { print }
    sub("/ubuntu$", "/debian") && !seen[$0]++ { print }'
}

fetch_index() {
  unset LD_LIBRARY_PATH LD_PRELOAD
  say "reading Debian 13's signed package index"
  candidates=$(mirrors)
  [ -n "$candidates" ] || die "this machine's apt names no package mirror" \
    'set ZEROUI_DEBIAN_MIRROR to the address of a Debian mirror'
  APT_CONFIG=$A/apt.conf LC_ALL=C
  export APT_CONFIG LC_ALL
  for mirror in $candidates; do
    echo "deb [arch=$root_arch] $mirror $ROOT_SUITE main" >"$A/sources.list"
    apt-get update -qq -o APT::Update::Error-Mode=any >"$BUILD/update.log" 2>&1 && return 0
  done
  die "no mirror gave Debian 13's signed package index: $(grep -m1 '^E:' "$BUILD/update.log")" \
    "tried: $(echo "$candidates" | tr '\n' ' ')" \
    'check the network, or set ZEROUI_DEBIAN_MIRROR to the address of a Debian mirror (on Ubuntu this is needed)'
}

unpack_root() {
  for deb in "$BUILD"/debs/*.deb; do
    dpkg-deb --fsys-tarfile "$deb" | tar -x -C "$BUILD/root" --no-same-owner --no-same-permissions --exclude=./etc \
      --exclude=./usr/share/doc --exclude=./usr/share/locale --exclude=./usr/share/man --exclude=./usr/share/lintian \
      --exclude='./usr/lib/*/gconv' --exclude=./usr/lib/postgresql/17/lib/bitcode --exclude=./usr/lib/systemd \
      --exclude='./usr/lib/postgresql/17/lib/llvmjit*' --exclude='./usr/share/postgresql/17/man' ||
      die "unpacking $(basename "$deb") failed" 'is the disk full?'
  done
}

# wrap_program FILE: moves the ELF file aside; in its place a script runs it through the loader of the same tree.
wrap_program() {
  wrap_dir=$(dirname "$1") wrap_name=$(basename "$1")
  mkdir -p "$wrap_dir/.elf"
  if [ -L "$1" ]; then
    ln -s "$(basename "$(readlink "$1")")" "$wrap_dir/.elf/$wrap_name" && rm "$1"
  else
    [ "$(head -c4 "$1" | tail -c3)" = ELF ] || return 0
    mv "$1" "$wrap_dir/.elf/$wrap_name"
  fi
  wrap_up=$(printf %s "${wrap_dir#"$BUILD/root/"}" | sed 's#[^/][^/]*#..#g')
  cat >"$1" <<WRAP
#!/bin/sh
d=\${0%/*}
unset LD_LIBRARY_PATH LD_PRELOAD
l=\$d/$wrap_up/usr/lib/$root_triple
exec "\$l/$root_loader" --inhibit-cache --argv0 "\$0" --library-path "\$l" "\$d/.elf/$wrap_name" "\$@"
WRAP
  chmod 755 "$1"
}

wrap_root() {
  for program in "$BUILD"/root/usr/lib/postgresql/17/bin/* "$BUILD"/root/usr/bin/redis-* "$BUILD"/root/usr/sbin/pgbouncer; do
    [ -e "$program" ] || [ -L "$program" ] || continue
    wrap_program "$program"
  done
}

verify_root() {
  verify_pg=$BUILD/root/usr/lib/postgresql/17
  verify_libraries ROOT_PACKAGES "$verify_pg"/bin/.elf/* "$BUILD"/root/usr/bin/.elf/* "$BUILD"/root/usr/sbin/.elf/* \
    "$verify_pg"/lib/vector.so "$verify_pg"/lib/pgcrypto.so "$verify_pg"/lib/pg_trgm.so \
    "$verify_pg"/lib/pg_stat_statements.so "$verify_pg"/lib/libpqwalreceiver.so
}

# verify_libraries LIST ELF…: every library of every program must come from the tree: what is forgotten in the list of
# packages would silently be the host's.
verify_libraries() {
  verify_lib=$BUILD/root/usr/lib/$root_triple verify_list=$1
  shift
  for elf; do
    outside=$("$verify_lib/$root_loader" --inhibit-cache --library-path "$verify_lib" --list "$elf" 2>&1 |
      awk -v root="$BUILD/root/" '/linux-vdso|statically linked/ { next } /=>/ { if (index($3, root) != 1) print; next } $1 !~ /^\// { print }')
    [ -z "$outside" ] || die "$(basename "$elf") would use a library from outside the private root: $outside" \
      'Debian changed the package list: add the library to '"$verify_list in deploy/runtime"
  done
}
