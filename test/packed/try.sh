#!/usr/bin/env bash
# Somebody else's project: installs the packed tarball, compiles against its types, and runs what came out.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$root"
npm pack --silent --ignore-scripts --pack-destination "$work"
cp -r test/packed/project "$work/project"
cd "$work/project"
npm install --no-audit --no-fund --loglevel error "$work"/mcp-gauntlet-*.tgz @types/node@20
node "$root/node_modules/typescript/bin/tsc"
node out/use.js
npx mcp-gauntlet run out/mcp-gauntlet.config.js --quiet
test -s results.xml && test -s reports/run.json
echo 'the packed tarball installs, compiles and runs in a project of its own'
