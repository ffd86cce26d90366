#!/bin/sh
# Runs the tests beside a started database: all of them, or those that the arguments name.
set -u
python=.venv/bin/python

if [ $# -gt 0 ]; then
    exec "$python" -m pytest "$@"
fi

"$python" -m pytest tests --ignore=tests/guides
fast=$?
# Playwright leaves an event loop behind, which the other tests must not meet.
"$python" -m pytest tests/guides
guides=$?
[ $fast = 0 ] && [ $guides = 0 ]
