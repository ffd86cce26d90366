#!/bin/sh
# Runs the tests beside a started database: all of them, or those that the arguments name.
set -u
python=.venv/bin/python

if [ $# -gt 0 ]; then
    exec "$python" -m pytest "$@"
fi

# Playwright leaves an event loop behind, which the other tests must not meet. Browsers and pages
# often wait for others, so all runs at once, in parts of about the same length, each before a
# database of its own; what two of them say follows when the third is done.
said=$(mktemp -d)
trap 'rm -rf "$said"' EXIT
"$python" -m pytest tests/guides --numprocesses 2 --dist worksteal >"$said/guides" 2>&1 &
guides=$!
VSSID_TEST_DATABASE=test_vssid_pages "$python" -m pytest tests/web tests/architecture \
    >"$said/pages" 2>&1 &
pages=$!
trap 'kill "$guides" "$pages" 2>/dev/null' INT TERM HUP
"$python" -m pytest tests --ignore=tests/guides --ignore=tests/web --ignore=tests/architecture
others=$?
wait "$pages"
shown=$?
cat "$said/pages"
wait "$guides"
walked=$?
cat "$said/guides"
[ $others = 0 ] && [ $shown = 0 ] && [ $walked = 0 ]
