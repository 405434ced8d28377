#!/usr/bin/env bash
# Brings mcp-gauntlet onto the runner: a version from npm, or this checkout of the action, built. Install scripts of packages are not run.
set -euo pipefail

if ! node -e 'const [major, minor] = process.versions.node.split("."); process.exit(major > 20 || (major == 20 && minor >= 19) ? 0 : 1)'; then
  echo "::error title=mcp-gauntlet::Node 20.19 or newer is needed; add actions/setup-node before this step"
  exit 2
fi

if [ -n "${INPUT_VERSION:-}" ]; then
  if ! [[ "$INPUT_VERSION" =~ ^[0-9A-Za-z][0-9A-Za-z.+-]*$ ]]; then
    echo '::error title=mcp-gauntlet::the input "version" is no version of an npm package'
    exit 2
  fi
  npm install --prefix "$RUNNER_TEMP/mcp-gauntlet" --ignore-scripts --no-audit --no-fund "mcp-gauntlet@$INPUT_VERSION"
  exit
fi

cd "$GITHUB_ACTION_PATH"
if ! [ -f dist/src/cli.js ] || ! [ -d node_modules ]; then
  npm ci --ignore-scripts --no-audit --no-fund
  npm run build
fi
