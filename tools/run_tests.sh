#!/usr/bin/env bash
# ./dev test [PART...]: set up, build, run every part (or those named), and end with a table.
#
# A part that fails does not stop the others. The corpus and h5py's own suite lie beside the
# checkout, not in it; where they are not there, the table says so. The part consumers, which compiles
# the library three times more, runs only when it is named.
set -uo pipefail
cd "$(dirname "$(readlink -f "$0")")/.." || exit
. tools/dev_lib.sh
PATH=$PWD/.venv/bin:$PWD/.venv/environment/bin:$PATH
shared=${HYPERSLAB_SHARED:-../shared}
wanted=" ${*:-layers cpp python corpus hostile h5py mpi engines} "

rows=() passed=0 failed=0 skipped=0

row() { rows+=("$(printf '%-9s %-8s %7s  %s' "$1" "$2" "$3" "${4:-}")"); }

run() { # NAME COMMAND...
    local name=$1 start=$SECONDS
    shift
    heading "$name: $*"
    if "$@"; then
        row "$name" ok "$((SECONDS - start)) s"
        passed=$((passed + 1))
    else
        row "$name" FAILED "$((SECONDS - start)) s"
        failed=$((failed + 1))
        return 1
    fi
}

skip() { # NAME WHY
    row "$1" "not run" "" "$2"
    skipped=$((skipped + 1))
}

part() { # NAME NEEDED-FILE COMMAND...: when wanted, and what it needs is there
    local name=$1 needed=$2
    shift 2
    [[ $wanted == *" $name "* ]] || return 0
    if [ -n "$needed" ] && [ ! -e "$needed" ]; then
        heading "$name: $needed is not there"
        skip "$name" "$needed is not there"
    else
        run "$name" "$@"
    fi
}

summary() {
    heading "Summary"
    local line
    for line in "${rows[@]}"; do
        case $line in
            *FAILED*) printf '%s%s%s\n' "$red" "$line" "$plain" ;;
            *) printf '%s\n' "$line" ;;
        esac
    done
    printf '\n%d passed, %d failed, %d skipped\n' $passed $failed $skipped
    [ $failed = 0 ]
}

run setup tools/setup.sh || {
    summary
    exit 1
}
part layers "" tools/check_source.sh
if run build ./dev build dev; then
    part cpp "" ctest --preset dev
    part consumers "" cmake "-DBUILD=$PWD/build/consumer" -P tests/consumers/run.cmake
    part python "" python -m pytest
    part corpus "$shared/corpus/check.py" python tools/corpus.py "$shared/corpus"
    part hostile "$shared/corpus/check.py" python tools/corpus.py "$shared/corpus" --hostile
    part h5py "$shared/h5py_suite/run.py" python tools/h5py_suite.py "$shared/h5py_suite"
    if [[ $wanted == *" mpi "* ]] && ! tools/mpi/packages.sh; then
        skip mpi "there is no MPI, and it cannot be installed"
    else
        part mpi "" tools/mpi/test.sh
    fi
    if [[ $wanted == *" engines "* ]] && ! tools/engines/setup.sh; then
        skip engines "there is no Java or no Spark, and it cannot be installed"
    else
        part engines "" tools/engines/test.sh
    fi
fi
summary
