#!/usr/bin/env bash
# Somebody else's project: installs the packed tarball, compiles against its types, runs what came out, and has vitest test four servers.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$root"
npm pack --silent --ignore-scripts --pack-destination "$work"
bytes=$(wc -c <"$work"/mcp-gauntlet-*.tgz)
echo "the tarball has $bytes bytes"
test "$bytes" -lt 1000000
if npm publish --dry-run --ignore-scripts --provenance=false 2>&1 | grep -A3 'auto-corrected'; then exit 1; fi
vitest=$(node -p "require('vitest/package.json').version")
cp -r test/packed/project "$work/project"
cd "$work/project"
npm install --no-audit --no-fund --loglevel error "$work"/mcp-gauntlet-*.tgz @types/node@20 "vitest@$vitest"
node "$root/node_modules/typescript/bin/tsc"
node out/use.js
npx mcp-gauntlet run out/mcp-gauntlet.config.js --quiet
test -s results.xml && test -s reports/run.json
NO_COLOR=1 npx vitest run four-servers.test.ts --reporter=verbose --reporter=json --outputFile.json=tests.json >tests.txt 2>&1 && exit 1
node expect-tests.js || { cat tests.txt; exit 1; }
echo 'the packed tarball installs, compiles, runs and tests in a project of its own'
