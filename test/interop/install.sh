#!/usr/bin/env bash
# Installs the interop targets: real MCP servers from the registries, pinned exactly, into the ignored folder .interop.
# Running it again is quick: a target is installed anew only when its pins in test/interop/pins have changed.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
into="$root/.interop"
mkdir -p "$into"

# done_with <pins> <stamp>: true when the stamp of the last complete install equals the pins
done_with() { [ -f "$2" ] && cmp -s "$1" "$2"; }

install_npm() {
  local pins="$here/pins/package.json" dir="$into/npm"
  if ! done_with "$pins" "$dir/.installed"; then
    mkdir -p "$dir"
    rm -f "$dir/.installed" "$dir/package-lock.json"
    cp "$pins" "$dir/package.json"
    (cd "$dir" && npm i --no-audit --no-fund --ignore-scripts --loglevel=error)
    cp "$pins" "$dir/.installed"
  fi
  # The fixtures are run through this link, so that their imports resolve in the installed packages.
  ln -sfn "../../test/interop/fixtures" "$dir/fixtures"
  echo "npm: ready"
}

make_venv() {
  python3 -m venv "$1" 2>/dev/null && return
  echo "python3 -m venv does not work here, installing python3-venv" >&2
  rm -rf "$1"
  local sudo=''
  [ "$(id -u)" = 0 ] || sudo='sudo'
  $sudo apt-get update -qq && $sudo apt-get install -y -qq python3-venv
  python3 -m venv "$1"
}

install_python() {
  local pins="$here/pins/$1" dir="$into/$2"
  if ! done_with "$pins" "$dir/.installed"; then
    rm -rf "$dir"
    make_venv "$dir"
    "$dir/bin/python" -m pip install --quiet --disable-pip-version-check --requirement "$pins"
    cp "$pins" "$dir/.installed"
  fi
  echo "$2: ready"
}

install_go() {
  local version='v1.8.0' dir="$into/go"
  if ! command -v go >/dev/null; then
    echo 'go: there is no go here; its targets are skipped' >&2
    return
  fi
  if [ "$(cat "$dir/.installed" 2>/dev/null)" != "$version" ]; then
    GOBIN="$dir" go install "github.com/modelcontextprotocol/go-sdk/examples/http@$version"
    echo "$version" >"$dir/.installed"
  fi
  echo "go: ready"
}

case "${1:-all}" in
  npm) install_npm ;;
  python) install_python python.txt venv; install_python python-mcp1.txt venv-mcp1 ;;
  go) install_go ;;
  all) install_npm; install_python python.txt venv; install_python python-mcp1.txt venv-mcp1; install_go ;;
  *) echo "usage: install.sh [npm|python|go|all]" >&2; exit 2 ;;
esac
