#!/bin/sh
# Runs every check beside a started database, to the end, and names those that failed.
set -u
bin=.venv/bin
failed=

check() {
    name=$1
    shift
    printf -- '— %s\n' "$name"
    "$@" || failed="$failed $name"
}

check lint "$bin/python" -m ruff check .
check format "$bin/python" -m ruff format --check .
check layers "$bin/python" "$bin/lint-imports"
check types "$bin/python" -m mypy
check templates "$bin/python" -m djlint --lint --quiet vssid/web
check django "$bin/python" manage.py check
check migrations "$bin/python" manage.py makemigrations --check --dry-run
check architecture "$bin/python" -m pytest -q tests/architecture

if [ -n "$failed" ]; then
    printf 'Failed:%s\n' "$failed" >&2
    exit 1
fi
