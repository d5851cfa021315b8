#!/usr/bin/env bash
# ./dev lint [--fix] [--quick]: everything that can be judged without running the code. All of it is
# judged, whatever fails first; --fix mends what a tool can mend by itself, --quick leaves out what
# takes minutes (clang-tidy).
set -uo pipefail
cd "$(dirname "$(readlink -f "$0")")/.." || exit
. tools/dev_lib.sh
failed=0

check() { # TITLE COMMAND...
    heading "$1"
    shift
    "$@" || failed=1
}

wanted() { [[ " $options " == *" $1 "* ]]; }

options=$*
mapfile -t cpp < <(find src include apps python/binding tests examples bench \
    -name '*.hpp' -o -name '*.cpp' | sort)
mapfile -t scripts < <(find . -name '*.sh' -not -path './build/*' -not -path './.venv/*' | sort)

if wanted --fix; then
    heading "Fixing"
    clang-format -i "${cpp[@]}"
    ruff check --quiet --fix .
    ruff format --quiet .
fi

check "clang-format" clang-format --dry-run -Werror "${cpp[@]}"
check "Layers and statics" tools/check_source.sh
check "ruff check" ruff check .
check "ruff format" ruff format --check .
check "shellcheck" shellcheck --external-sources dev .ci/run "${scripts[@]}"
if ! wanted --quick; then
    heading "clang-tidy"
    if cmake --preset dev --log-level=WARNING; then # compile_commands.json comes from there
        python tools/clang_tidy.py build/dev src include apps python/binding || failed=1
    else
        failed=1
    fi
fi

[ $failed = 0 ] || die "
lint: something above needs mending (./dev lint --fix mends formatting)"
printf '\n%slint: clean%s\n' "$green" "$plain"
