#!/usr/bin/env bash
# ./dev install-cpp PREFIX [--static]: builds the C++ library alone, in build/library or
# build/library-static, and installs it. CMake 3.25 and Ninja are those of the machine; where they are
# missing, ./dev setup brings them.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."
. tools/dev_lib.sh
. tools/install_lib.sh

prefix=$1
folder=build/library
options=()
for option in "${@:2}"; do
    [ "$option" = --static ] || die "install-cpp PREFIX [--static], not '$option'"
    folder=build/library-static
    options=(-DHYPERSLAB_BUILD_STATIC=ON)
done

has_cmake() {
    command -v ninja >/dev/null && cmake -P tools/require_cmake.cmake 2>/dev/null
}

if has_cmake; then
    # shellcheck disable=SC2046 # a list
    install_system_packages $(sed -e '/# tests/d' -e '/# programs/d' -e 's/#.*//' \
        tools/debian-packages.txt)
else
    tools/setup.sh
fi
heading "Configure ($folder)"
cmake --preset library -B "$folder" "${options[@]}"
heading "Build ($folder)"
cmake --build "$folder"
heading "Install ($prefix)"
cmake --install "$folder" --prefix "$prefix"
