#!/usr/bin/env bash
# The rules of this project that a compiler does not know: where includes point, which statics there
# are inside functions, and that scripts of CMake say which CMake they are for. A script that cmake -P
# runs without that has the policies of CMake 2.4 in older versions.
cd "$(dirname "$(readlink -f "$0")")/.." || exit
failed=0
for rule in layers statics; do
    python tools/check_$rule.py || failed=1
done
for script in cmake/*Symbols.cmake tests/*/run.cmake tools/*.cmake; do
    if ! grep -q cmake_minimum_required "$script"; then
        echo "$script: a script that cmake -P runs begins with cmake_minimum_required"
        failed=1
    fi
done
exit $failed
