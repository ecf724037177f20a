#!/bin/sh
# Make sure that the browser tests find a Chromium; install Debian's where that is possible.
set -eu

for name in "${CREDITCURVE_CHROMIUM:-}" chromium chromium-browser google-chrome; do
    if [ -n "$name" ] && command -v "$name" >/dev/null; then
        exit 0
    fi
done
if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
        chromium fonts-noto-cjk >/dev/null
    exit 0
fi
if .venv/bin/python -m playwright install chromium >/dev/null 2>&1; then
    exit 0
fi
echo "The browser tests need Chromium: install it, or set CREDITCURVE_CHROMIUM to its path." >&2
exit 1
