#!/bin/sh
# Sets up what the other commands need, from nothing but a shell and Python 3.11 or newer:
#   bootstrap.sh run       .venv with requirements/run.txt
#   bootstrap.sh dev       .venv with requirements/dev.txt, which contains run.txt
#   bootstrap.sh browser   a Chromium; prints its path, or nothing if Playwright has its own
# A second call is answered from stamps in a moment. Progress goes to standard error.
set -eu

cd "$(dirname "$0")/../.."
here=$(pwd -P)
venv=$here/.venv
python=$venv/bin/python

# What a person has set for other programs must not leak into this one.
unset PYTHONPATH PYTHONHOME PYTHONSTARTUP PYTHONUSERBASE VIRTUAL_ENV __PYVENV_LAUNCHER__
unset PIP_TARGET PIP_PREFIX PIP_ROOT PIP_USER PIP_REQUIRE_VIRTUALENV PIP_PYTHON PIP_CONSTRAINT
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1 PIP_ROOT_USER_ACTION=ignore
export DEBIAN_FRONTEND=noninteractive

log=$(mktemp)
trap 'rm -f "$log"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

say() { printf '%s\n' "$*" >&2; }

fail() {
    say "$@"
    exit 1
}

# step TEXT COMMAND…: one line with the time it took; everything the command said if it fails.
step() {
    text=$1
    shift
    printf '%s … ' "$text" >&2
    began=$(date +%s)
    if "$@" >"$log" 2>&1; then
        say "$(($(date +%s) - began)) s"
    else
        say "failed"
        cat "$log" >&2
        return 1
    fi
}

is_new_enough() {
    "$1" -c 'import sys; raise SystemExit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

can_make_venv() {
    "$1" -c 'import venv, ensurepip' >/dev/null 2>&1 ||
        { "$1" -c 'import venv' && "$1" -m pip --version; } >/dev/null 2>&1
}

# All programs of this name: the first one on the PATH may be an older one, or a broken pointer.
all_named() {
    printf '%s\n' "$PATH" | tr ':' '\n' | while read -r folder; do
        [ -x "$folder/$1" ] && printf '%s\n' "$folder/$1"
    done
    return 0
}

# The newest Python that can make an environment, or else the newest.
find_python() {
    newest=
    for name in python3.14 python3.13 python3.12 python3.11 python3 python; do
        for candidate in $(all_named "$name"); do
            is_new_enough "$candidate" || continue
            if can_make_venv "$candidate"; then
                printf '%s' "$candidate"
                return
            fi
            newest=${newest:-$candidate}
        done
    done
    printf '%s' "$newest"
}

install_venv_package() {
    version=$("$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    package=python$version-venv
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        step "Installing $package" apt_install "$package" ||
            fail "$package could not be installed. Install it, then try again."
    else
        fail "Python lacks its module for environments. Type this, then try again:" \
            "sudo apt-get install -y $package"
    fi
}

apt_install() {
    apt-get update -q && apt-get install -q -y --no-install-recommends "$@"
}

make_venv() {
    rm -rf "$venv"
    if "$1" -c 'import ensurepip' >/dev/null 2>&1; then
        "$1" -m venv "$venv"
    else
        "$1" -m venv --without-pip "$venv"
    fi
}

has_working_venv() {
    # An interrupted installation may have left half a package that pip takes for whole.
    [ ! -e "$venv/.unfinished" ] && [ -x "$python" ] && is_new_enough "$python" &&
        { [ ! -e "$venv/.place" ] || [ "$(cat "$venv/.place")" = "$here" ]; }
}

ensure_venv() {
    has_working_venv && return
    base=$(find_python)
    [ -n "$base" ] || fail "Python 3.11 or newer is needed. Type this, then try again:" \
        "sudo apt-get install -y python3 python3-venv"
    can_make_venv "$base" || install_venv_package "$base"
    step "Making .venv with $("$base" --version)" make_venv "$base" ||
        fail "The environment .venv could not be made."
    printf '%s' "$here" >"$venv/.place"
    printf '%s' "$base" >"$venv/.base"
}

fingerprint() {
    sha256sum "requirements/$1.txt" | cut -d ' ' -f 1
}

is_installed() {
    [ -e "$venv/.installed-$1" ] && [ "$(cat "$venv/.installed-$1")" = "$(fingerprint "$1")" ]
}

pip_install() {
    if "$python" -m pip --version >/dev/null 2>&1; then
        "$python" -m pip install "$@"
    else
        "$(cat "$venv/.base")" -m pip --python "$python" install "$@"
    fi
}

ensure_installed() {
    mkdir -p var
    if command -v flock >/dev/null; then
        exec 9>var/bootstrap.lock
        flock 9
    fi
    ensure_venv
    if is_installed "$1" || { [ "$1" = run ] && is_installed dev; }; then
        return
    fi
    : >"$venv/.unfinished"
    step "Installing the pinned packages of requirements/$1.txt" \
        pip_install --quiet --no-compile --require-hashes -r "requirements/$1.txt" ||
        fail "The packages could not be installed. Check the network, then try again."
    fingerprint "$1" >"$venv/.installed-$1"
    rm "$venv/.unfinished"
}

find_browser() {
    # The one without a window draws the same pages with a third of the work.
    for name in chromium-headless-shell chromium chromium-browser google-chrome google-chrome-stable; do
        # Ubuntu's package of this name is only a pointer to a snap.
        if command -v "$name" >/dev/null && "$name" --version >/dev/null 2>&1; then
            command -v "$name"
            return
        fi
    done
    return 1
}

# install_browser FOUND: what is FOUND serves where the system knows none without a window.
install_browser() {
    if [ ! -e var/.no-browser-shell ]; then
        step "Installing Chromium without a window" apt_install chromium-headless-shell && return
        mkdir -p var
        : >var/.no-browser-shell
    fi
    [ -n "$1" ] || step "Installing Chromium" apt_install chromium
}

ensure_browser() {
    found=$(find_browser) || found=
    case $found in
    *-headless-shell) ;;
    *)
        if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
            install_browser "$found" || true
            found=$(find_browser) || found=
        fi
        ;;
    esac
    if [ -n "$found" ]; then
        printf '%s\n' "$found"
        return
    fi
    step "Fetching Playwright's Chromium" "$python" -m playwright install chromium ||
        fail "The tests in a browser need Chromium. Type this, then try again:" \
            "sudo apt-get install -y chromium"
}

case ${1:-} in
run | dev) ensure_installed "$1" ;;
browser) ensure_browser ;;
*) fail "usage: $0 run | dev | browser" ;;
esac
