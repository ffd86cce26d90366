#!/bin/sh
# Runs the tests beside a started database: all of them, or those that the arguments name.
set -u
python=.venv/bin/python

if [ $# -gt 0 ]; then
    exec "$python" -m pytest "$@"
fi

# Playwright leaves an event loop behind, which the other tests must not meet. Browsers mostly wait,
# so all runs at once, the walks two by two, each half before programs and a database of its own;
# what the guides say follows when the others are done.
said=$(mktemp)
trap 'rm -f "$said"' EXIT
"$python" -m pytest tests/guides --numprocesses 2 --dist worksteal >"$said" 2>&1 &
guides=$!
trap 'kill "$guides" 2>/dev/null' INT TERM HUP
"$python" -m pytest tests --ignore=tests/guides
fast=$?
wait "$guides"
walked=$?
cat "$said"
[ $fast = 0 ] && [ $walked = 0 ]
