# Programs that only the tests and the deployment files need, from the same signed Debian packages. Sourced, never run.
# shellcheck shell=sh

TOOL_PACKAGES='kubectl iproute2 libbpf1 libelf1t64 libmnl0 libcap2 libselinux1 libpcre2-8-0 zlib1g libzstd1 libc6'

settle_tools() {
  tools_id=$(printf '%s' "$ROOT_RECIPE $ROOT_SUITE $TOOL_PACKAGES" | sha256sum | cut -c1-8)
  TOOLS=$CACHE/tools-$ROOT_SUITE-$root_arch-$tools_id
}

fetch_tools() {
  settle_tools
  [ ! -f "$TOOLS/.complete" ] || return 0
  check_fetch_host
  mkdir -p "$CACHE" || die "cannot create the cache folder $CACHE" 'set ZEROUI_CACHE to a folder you may write'
  with_lock "$CACHE/lock" 900 build_tools
}

build_tools() {
  [ ! -f "$TOOLS/.complete" ] || return 0
  begin_build
  say 'fetching kubectl and ip (21 MB, once)'
  download_packages "$TOOL_PACKAGES"
  unpack_root
  for tool in kubectl ip; do wrap_program "$BUILD/root/usr/bin/$tool"; done
  verify_libraries TOOL_PACKAGES "$BUILD/root/usr/bin/.elf/"*
  end_build "$TOOLS"
}
