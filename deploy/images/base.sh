#!/bin/sh
# Makes a Debian 13 base image from packages alone, for machines that reach no image registry.
# Usage: base.sh [IMAGE]        default: zeroui/debian:trixie-slim
# The mirror is the one of the host's own apt, or ZEROUI_DEBIAN_MIRROR. Needs root, debootstrap and a container engine.
set -eu
image=${1:-zeroui/debian:trixie-slim}
here=$(cd "$(dirname "$0")" && pwd)

say() { printf 'zeroui: %s\n' "$*" >&2; }
die() {
  printf 'zeroui: error: %s\n' "$1" >&2
  shift
  for mend; do printf '  %s\n' "$mend" >&2; done
  exit 1
}

mirror() {
  if [ -n "${ZEROUI_DEBIAN_MIRROR:-}" ]; then echo "$ZEROUI_DEBIAN_MIRROR"; return; fi
  # shellcheck disable=SC2016
  apt-get indextargets --no-release-info --format '$(REPO_URI)' 'Created-By: Packages' 2>/dev/null |
    sed 's#/*$##; s#/ubuntu$#/debian#' | grep -E '^https?:' | grep -Ev -- '-security$' | head -n 1
}

# The archive keys: the host's, else those that come with the project (debootstrap wants them without their armour).
keyring() {
  for file in "$here"/../runtime/keys/*.asc; do
    [ -f "$file" ] || continue
    sed -n '/^$/,/^=/p' "$file" | grep -v '^=' | base64 -d
  done >"$work/keys.gpg"
  for file in /usr/share/keyrings/debian-archive-trixie-*.gpg; do [ -f "$file" ] && cat "$file"; done >>"$work/keys.gpg"
  [ -s "$work/keys.gpg" ] || die "Debian 13's archive keys are not on this machine" 'install debian-archive-keyring'
}

docker image inspect "$image" >/dev/null 2>&1 && { say "$image is here already"; exit 0; }
docker version --format '{{.Server.Version}}' >/dev/null 2>&1 || die 'no container engine answers' 'start it, or set DOCKER_HOST'
command -v debootstrap >/dev/null 2>&1 || die "'debootstrap' is missing" 'apt-get install debootstrap'
[ "$(id -u)" = 0 ] || die 'debootstrap needs root' "run once: sudo $0 $image"
mirror=$(mirror)
[ -n "$mirror" ] || die "this machine's apt names no package mirror" 'set ZEROUI_DEBIAN_MIRROR to the address of a Debian mirror'

work=$(mktemp -d /var/tmp/zeroui-base.XXXXXX)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
keyring
say "making $image from Debian 13's packages (about half a minute)"
debootstrap --variant=minbase --keyring="$work/keys.gpg" trixie "$work/root" "$mirror" >"$work/log" 2>&1 ||
  die "debootstrap failed: $(grep -m1 -E '^(E|W):' "$work/log" || tail -n 1 "$work/log")" "the mirror used was $mirror"
# Checks of dates that the host's apt leaves out are left out in the image too: the mirror is the same.
apt-config dump 2>/dev/null | grep -E '^Acquire::(Check-Date|Check-Valid-Until) ' >"$work/root/etc/apt/apt.conf.d/90host" || :
rm -rf "$work"/root/var/cache/apt/archives/*.deb "$work"/root/var/lib/apt/lists/* "$work"/root/usr/share/doc/* \
  "$work"/root/usr/share/man/* "$work"/root/usr/share/locale/* "$work"/root/var/log/*
tar -C "$work/root" -c . | docker import --change 'CMD ["bash"]' - "$image" >/dev/null
say "made $image"
