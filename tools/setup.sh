#!/usr/bin/env bash
# ./dev setup: system packages, the Python environment, and .venv, which makes both of them and
# this checkout's build importable. Everything that is there already is left alone.
#
# The environment itself lies in the user's cache and serves every checkout; .venv is a small one
# per checkout with a .pth file that names the environment and build/dev/python. So .venv/bin/python
# sees hyperslab without PYTHONPATH, under -I, and in every subprocess that uses sys.executable.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."
. tools/dev_lib.sh
. tools/install_lib.sh

# Prints the path of $1's interpreter when it is usable: 3.10 or newer, venv and headers there.
probe='
import ensurepip, os, sys, sysconfig, venv
header = os.path.join(sysconfig.get_path("include"), "Python.h")
if sys.version_info < (3, 10) or not os.path.exists(header): sys.exit(1)
print(os.path.realpath(getattr(sys, "_base_executable", sys.executable)))'
usable() { "$1" -c "$probe" 2>/dev/null; }

find_python() {
    local candidate
    if [ -n "${HYPERSLAB_PYTHON:-}" ]; then
        usable "$HYPERSLAB_PYTHON"
        return
    fi
    for candidate in $(type -aP python3 python3.{14,13,12,11,10}); do
        usable "$candidate" && return
    done
    return 1
}

make_venv() { # $1 interpreter, $2 environment
    local packages='import sysconfig; print(sysconfig.get_path("purelib"))'
    heading "This checkout's .venv"
    rm -rf .venv
    rm -f build/dev/CMakeCache.txt # remembers what it found of the interpreter before
    "$1" -m venv --without-pip .venv
    ln -s "$2" .venv/environment
    printf '%s\n' "$PWD/build/dev/python" "$("$2/bin/python" -c "$packages")" \
        >"$(.venv/bin/python -c "$packages")/hyperslab-dev.pth"
}

wanted=$(sed 's/#.*//' tools/debian-packages.txt)
# What .venv was made from. While this is the same, it is not looked at more closely.
stamp=$(printf '%s\n' "$PWD" "$cache" "${HYPERSLAB_PYTHON:-}" | cat - tools/requirements.txt tools/setup.sh \
    tools/install_lib.sh)

if [ "$(cat .venv/stamp 2>/dev/null)" = "$stamp" ] && [ -x .venv/bin/python ] &&
    [ -e .venv/environment/complete ]; then
    # shellcheck disable=SC2086 # a list
    install_system_packages $wanted
    exit 0
fi

python=$(find_python) || {
    [ -z "${HYPERSLAB_PYTHON:-}" ] ||
        die "HYPERSLAB_PYTHON=$HYPERSLAB_PYTHON is not Python 3.10 or newer with venv and headers."
    wanted="$wanted python3-dev python3-venv"
}
# shellcheck disable=SC2086 # a list
install_system_packages $wanted
[ -n "$python" ] || python=$(find_python) ||
    die "No Python 3.10 or newer with venv and headers on PATH; name one in HYPERSLAB_PYTHON."

version=$("$python" -c 'import platform; print(platform.python_version())')
key=$({ cat tools/requirements.txt && echo "$python"; } | sha256sum | cut -c1-12)
environment=$cache/venv/$version-$key
[ -e "$environment/complete" ] || make_environment "$python" "$environment" tools/requirements.txt
make_venv "$python" "$environment"
printf '%s\n' "$stamp" >.venv/stamp
