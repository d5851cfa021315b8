#!/usr/bin/env bash
# ./dev test --sanitized [ARGS]                the C++ tests and examples; the arguments go to ctest
# ./dev test --sanitized python [ARGS]         random interleavings of reads and writes from Python, the
#                                              extension built for the address and undefined behaviour
#                                              sanitizers; the arguments go to pytest
# ./dev test --sanitized threads [ARGS]        the same for the thread sanitizer
#
# Python itself, NumPy and HDF5 are not instrumented: what they allocate is watched all the same, and
# what they read and write is not. HYPERSLAB_TEST_EXAMPLES says how many runs of fifty steps there are
# with each engine. The builds lie in build/asan, build/asan-python and build/tsan-python, some
# gigabytes that may be deleted afterwards.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."
. tools/dev_lib.sh
PATH=$PWD/.venv/bin:$PWD/.venv/environment/bin:$PATH

runtime() { # NAME: the compiler's library
    local found
    found=$("${CXX:-c++}" -print-file-name="$1")
    [ -e "$found" ] || die "the compiler has no $1"
    echo "$found"
}

# The sanitizers refuse libraries that are loaded so, as plug-ins of other packages are.
pytest_without_deepbind='import os, sys
del os.RTLD_DEEPBIND
import pytest
sys.exit(pytest.main(sys.argv[1:]))'

python_part() { # PRESET RUNTIMES ARGS...
    local preset=$1 preload=$2
    shift 2
    heading "Build ($preset)"
    cmake --preset "$preset"
    cmake --build "build/$preset" --target _core
    heading "Python ($preset)"
    # Without random addresses: the thread sanitizer of GCC 12 knows no others.
    exec setarch -R env LD_PRELOAD="$preload" PYTHONPATH="$PWD/build/$preset/python" \
        PYTHONMALLOC=malloc \
        ASAN_OPTIONS=detect_leaks=0:allocator_may_return_null=1:detect_stack_use_after_return=1 \
        UBSAN_OPTIONS=print_stacktrace=1 \
        TSAN_OPTIONS=die_after_fork=0:halt_on_error=1:second_deadlock_stack=1 \
        python -c "$pytest_without_deepbind" -q tests/python/engine/test_coherence.py "$@"
}

tools/setup.sh
case ${1:-} in
    python)
        python_part asan-python "$(runtime libasan.so) $(runtime libubsan.so)" "${@:2}"
        ;;
    threads)
        python_part tsan-python "$(runtime libtsan.so)" "${@:2}"
        ;;
esac
heading "Build (asan)"
cmake --preset asan
cmake --build build/asan
exec ctest --preset asan "$@"
