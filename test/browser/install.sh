#!/usr/bin/env bash
# The browser that the HTML report is opened in: the machine's own, or Debian's.
set -euo pipefail
[ -n "${CHROMIUM:-}" ] && exit 0
[ -x /usr/bin/chromium ] && exit 0
command -v apt-get >/dev/null || { echo 'No Chromium at /usr/bin/chromium: name one in CHROMIUM.' >&2; exit 1; }
apt-get update -qq
DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core >/dev/null
