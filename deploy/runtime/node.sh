# Node.js and npm for the tests that run JavaScript, and the packages these want. Sourced, never run.
# shellcheck shell=sh

NODE_PACKAGES='nodejs libnode115 node-acorn node-cjs-module-lexer node-minimatch node-undici node-xtend libc6 libgcc-s1 libstdc++6
libbrotli1 libcares2 libicu76 libnghttp2-14 libzstd1 zlib1g libssl3t64 libuv1t64'
# What "npm ci" loads, of npm's 400: the rest is for building packages and is never asked for.
NPM_PACKAGES='node-abbrev node-agent-base node-ansi-regex node-aproba node-are-we-there-yet node-balanced-match node-brace-expansion
node-builtins node-cacache node-chalk node-chownr node-ci-info node-console-control-strings node-css-loader
node-css-selector-tokenizer node-debug node-delegates node-depd node-encoding node-err-code node-escape-string-regexp
node-fancy-log node-fs.realpath node-gauge node-glob node-got node-graceful-fs node-has-flag node-has-unicode
node-hosted-git-info node-http-proxy-agent node-https-proxy-agent node-iconv-lite node-imurmurhash node-indent-string
node-inflight node-inherits node-ini node-ip node-isexe node-json-parse-better-errors node-jsonparse node-lru-cache
node-minipass node-mkdirp node-ms node-negotiator node-nopt node-normalize-package-data node-npm-bundled
node-npm-package-arg node-npmlog node-once node-p-map node-promise-inflight node-promise-retry node-read-package-json
node-readable-stream node-resolve node-retry node-rimraf node-safe-buffer node-semver node-set-blocking
node-signal-exit node-slice-ansi node-spdx-correct node-spdx-exceptions node-spdx-expression-parse
node-spdx-license-ids node-ssri node-string-width node-strip-ansi node-supports-color node-tar node-unique-filename
node-util-deprecate node-validate-npm-package-license node-validate-npm-package-name node-which node-wide-align
node-wrappy node-write-file-atomic node-yallist npm node-gyp'
NODE_RECIPE=1      # raise it when what is done with the packages changes
NODE_LEAST='20 18' # major and minor version

settle_node() {
  node_id=$(printf '%s' "$ROOT_RECIPE $NODE_RECIPE $ROOT_SUITE $NODE_PACKAGES $NPM_PACKAGES" | sha256sum | cut -c1-8)
  NODE_ROOT=$CACHE/node-$ROOT_SUITE-$root_arch-$node_id
}

# find_node: sets NODE and NPM, the machine's where it has both and they are new enough, else Debian 13's, fetched once.
find_node() {
  settle_node
  if [ -z "${ZEROUI_NODE_BUILTIN:-}" ] && command -v node >/dev/null 2>&1 && command -v npm >/dev/null 2>&1 &&
    node -e "const [a, b] = process.versions.node.split('.').map(Number), [c, d] = '$NODE_LEAST'.split(' ').map(Number);
      process.exit(a > c || a === c && b >= d ? 0 : 1)" >/dev/null 2>&1; then
    NODE=$(command -v node) NPM=$(command -v npm)
    return 0
  fi
  fetch_node
  NODE=$NODE_ROOT/usr/bin/node NPM=$NODE_ROOT/usr/bin/npm
}

fetch_node() {
  [ ! -f "$NODE_ROOT/.complete" ] || return 0
  check_fetch_host
  mkdir -p "$CACHE" || die "cannot create the cache folder $CACHE" 'set ZEROUI_CACHE to a folder you may write'
  with_lock "$CACHE/lock" 900 build_node
}

build_node() {
  [ ! -f "$NODE_ROOT/.complete" ] || return 0
  begin_build
  say 'fetching Node.js 20 and npm for the tests (32 MB, once)'
  download_packages "$NODE_PACKAGES $NPM_PACKAGES"
  unpack_root
  wrap_node
  verify_libraries NODE_PACKAGES "$BUILD/root/usr/bin/.elf/node"
  "$BUILD/root/usr/bin/npm" --version >/dev/null 2>"$BUILD/npm.log" ||
    die "npm does not run in the private root: $(grep -m1 -E 'Cannot find|Error' "$BUILD/npm.log")" \
      'Debian changed what npm needs: add the package to NPM_PACKAGES in deploy/runtime'
  end_build "$NODE_ROOT"
}

# wrap_node: Debian's Node reads parts of itself from /usr/share/nodejs, which the machine does not have. The name in the
# library becomes one of the same length that leads through descriptor 9, and the wrapper opens the tree's folder as that.
wrap_node() {
  wrap_program "$BUILD/root/usr/bin/node"
  LC_ALL=C sed -i 's#/usr/share/nodejs/#/dev/fd//9/nodejs/#g' "$BUILD/root/usr/lib/$root_triple/libnode.so.115" &&
    sed -i 's#^exec #exec 9<"$d/../share"\n&#' "$BUILD/root/usr/bin/node" || die "Node's wrapper could not be written"
  rm -f "$BUILD/root/usr/bin/npm"
  cat >"$BUILD/root/usr/bin/npm" <<WRAP
#!/bin/sh
d=\$(cd "\${0%/*}" && pwd -P)
export NODE_PATH="\$d/../share/nodejs:\$d/../lib/$root_triple/nodejs"
exec "\$d/node" "\$d/../share/nodejs/npm/bin/npm-cli.js" "\$@"
WRAP
  chmod 755 "$BUILD/root/usr/bin/npm"
}

# node_modules FOLDER: installs what the folder's package-lock.json pins, once per content of that file, and prints the folder
# that has node_modules. The registry and the way to it are npm's own, from this machine's configuration.
node_modules() {
  [ -r "$1/package-lock.json" ] || die "no package-lock.json in $1"
  find_node
  modules_id=$(cat "$1/package.json" "$1/package-lock.json" | sha256sum | cut -c1-16)
  MODULES=$CACHE/node-modules-$modules_id
  mkdir -p "$CACHE" || die "cannot create the cache folder $CACHE" 'set ZEROUI_CACHE to a folder you may write'
  [ -f "$MODULES/.complete" ] || with_lock "$CACHE/modules.lock" 900 install_modules "$1"
  echo "$MODULES"
}

install_modules() {
  [ ! -f "$MODULES/.complete" ] || return 0
  modules_build=$CACHE/modules.$$
  rm -rf "$CACHE"/modules.[0-9]* && mkdir -p "$modules_build/tree" || die "cannot write below $CACHE"
  cp "$1/package.json" "$1/package-lock.json" "$modules_build/tree"
  [ ! -r "$1/.npmrc" ] || cp "$1/.npmrc" "$modules_build/tree"
  say "installing the packages of $1 with npm"
  (cd "$modules_build/tree" && "$NPM" ci --ignore-scripts --no-audit --no-fund --no-update-notifier --cache "$modules_build/cache" \
    >"$modules_build/npm.log" 2>&1) || die "npm ci failed: $(grep -m3 -iE 'npm err' "$modules_build/npm.log" | tr '\n' ' ')" \
    "check that npm's configuration names a registry that this machine reaches"
  : >"$modules_build/tree/.complete"
  rm -rf "$MODULES" && mv "$modules_build/tree" "$MODULES" && rm -rf "$modules_build"
}
