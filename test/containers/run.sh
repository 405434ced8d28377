#!/usr/bin/env bash
# Runs the tests of servers in containers against a real engine of their own: installs one where that is possible, starts it in a folder of
# its own, makes images without a registry, and leaves nothing behind. Where no engine can be started they are skipped, with the reason.
set -euo pipefail
cd "$(dirname "$0")/../.."
skip() {
  printf '\n*** SKIPPED: containers: %s\n' "$1" >&2
  exit 0
}

if ! command -v dockerd >/dev/null || ! command -v docker >/dev/null; then
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || skip 'there is no dockerd here, and nobody who may install it'
  apt-get update -qq >/dev/null && apt-get install -y -qq docker.io iptables >/dev/null || skip 'docker.io could not be installed'
fi
[ "$(id -u)" = 0 ] || skip 'dockerd wants to be started by root'

folder=$(mktemp -d /tmp/gauntlet-engine-XXXX)
export DOCKER_HOST="unix://$folder/docker.sock" TESTCONTAINERS_RYUK_DISABLED=true
dockerd --host "$DOCKER_HOST" --data-root "$folder/data" --exec-root "$folder/exec" --pidfile "$folder/pid" >"$folder/log" 2>&1 &
engine=$!
finish() {
  kill "$engine" 2>/dev/null || true
  wait "$engine" 2>/dev/null || true
  umount "$folder"/exec/netns/* 2>/dev/null || true
  rm -rf "$folder" || true
}
trap finish EXIT

for _ in $(seq 60); do
  docker version >/dev/null 2>&1 && break
  kill -0 "$engine" 2>/dev/null || skip "dockerd ended: $(tail -n 1 "$folder/log")"
  sleep 0.5
done
docker version >/dev/null 2>&1 || skip "dockerd did not answer within 30 s: $(tail -n 1 "$folder/log")"

bash test/containers/base-image.sh gauntlet-base:test >/dev/null
mkdir "$folder/everything"
npm install --silent --no-audit --no-fund --prefix "$folder/everything" @modelcontextprotocol/server-everything@2026.8.31
cp test/containers/everything.Dockerfile "$folder/everything/Dockerfile"
GAUNTLET_EVERYTHING="$folder/everything" npx vitest run --config vitest.containers.config.ts
