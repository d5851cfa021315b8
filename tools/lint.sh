#!/usr/bin/env bash
# ./dev lint [--fix]: everything that can be judged without running the code. All of it is judged,
# whatever fails first; --fix mends what a tool can mend by itself.
set -uo pipefail
cd "$(dirname "$(readlink -f "$0")")/.." || exit
. tools/dev_lib.sh
failed=0

check() { # TITLE COMMAND...
    heading "$1"
    shift
    "$@" || failed=1
}

folders=()
for folder in src include cli python/binding h5boss tests examples bench; do
    [ -d "$folder" ] && folders+=("$folder")
done
mapfile -t cpp < <(find "${folders[@]}" -name '*.hpp' -o -name '*.cpp' | sort)

if [ "${1:-}" = --fix ]; then
    heading "Fixing"
    clang-format -i "${cpp[@]}"
    ruff check --quiet --fix .
    ruff format --quiet .
fi

check "clang-format" clang-format --dry-run -Werror "${cpp[@]}"
check "Layers and statics" tools/check_source.sh
check "ruff check" ruff check .
check "ruff format" ruff format --check .
heading "clang-tidy"
if cmake --preset dev --log-level=WARNING; then # compile_commands.json comes from there
    python tools/clang_tidy.py build/dev src include cli python/binding || failed=1
else
    failed=1
fi

[ $failed = 0 ] || die "
lint: something above needs mending (./dev lint --fix mends formatting)"
printf '\n%slint: clean%s\n' "$green" "$plain"
