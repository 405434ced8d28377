#!/usr/bin/env bash
# The k6 that exported loads are run with: the machine's own where it is of major 2, else one built with Go into the ignored folder .bench/k6.
set -euo pipefail
version=v2.0.0
dir="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)/../../.bench/k6"

if command -v k6 >/dev/null && k6 version | grep -q ' v2\.'; then exit 0; fi
if [ -x "$dir/k6" ] && "$dir/k6" version | grep -q "$version"; then exit 0; fi
command -v go >/dev/null || { echo 'k6 2 is neither installed nor can it be built: there is no Go.' >&2; exit 1; }
echo 'k6: is built, which takes minutes the first time'
mkdir -p "$dir"
printf 'module bench\n\ngo 1.25.0\n\nrequire go.k6.io/k6/v2 %s\n' "$version" >"$dir/go.mod"
(cd "$dir" && GOFLAGS='-mod=mod -buildvcs=false' go build -o k6 go.k6.io/k6/v2)
