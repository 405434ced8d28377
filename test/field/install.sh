#!/usr/bin/env bash
# What the field tests need beside test/interop/install.sh: nginx, openssl, and the SDK of an advisory in the ignored folder .interop.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
dir="$here/../../.interop/sdk-1.25.3"

if ! [ -x /usr/sbin/nginx ] || ! command -v openssl >/dev/null; then
  sudo=''
  [ "$(id -u)" = 0 ] || sudo='sudo'
  $sudo apt-get update -qq && $sudo apt-get install -y -qq nginx-light openssl
fi
if ! cmp -s "$here/pins/package.json" "$dir/.installed" 2>/dev/null; then
  mkdir -p "$dir"
  cp "$here/pins/package.json" "$dir/package.json"
  (cd "$dir" && npm i --no-audit --no-fund --ignore-scripts --loglevel=error)
  cp "$here/pins/package.json" "$dir/.installed"
fi
echo 'field: ready'
