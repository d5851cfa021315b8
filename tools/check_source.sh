#!/usr/bin/env bash
# The rules of this project that a compiler does not know: where includes point, and which statics
# there are inside functions.
cd "$(dirname "$(readlink -f "$0")")/.." || exit
failed=0
for rule in layers statics; do
    python tools/check_$rule.py || failed=1
done
exit $failed
