# shellcheck shell=bash
# How setup.sh and its like install: Debian's packages, and Python environments in the cache.

system_packages() { # the ones given that are not installed
    local installed
    installed=$(dpkg-query -W -f '${Package} ${Status}\n' "$@" 2>/dev/null |
        awk '/ install ok installed$/ { print $1 }')
    comm -23 <(printf '%s\n' "$@" | sort -u) <(sort -u <<<"$installed")
}

install_system_packages() {
    local missing
    if ! command -v dpkg-query >/dev/null; then
        echo "Not Debian: bring a C++23 compiler (GCC 12 or newer), zlib, libaec, libdeflate, zstd, lz4," \
            "GoogleTest, CLI11, nlohmann-json and CFITSIO (for h5boss) yourself; CMake says what it misses."
        return
    fi
    missing=$(system_packages "$@")
    [ -n "$missing" ] || return 0
    # shellcheck disable=SC2086 # a list
    set -- $missing
    if [ "$(id -u)" != 0 ]; then
        die "These system packages are missing: $*
Install them, then run this again:
    sudo apt-get update && sudo apt-get install --no-install-recommends $*"
    fi
    heading "System packages: $*"
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@"
}

# $1 interpreter, $2 folder, $3 file of requirements, further ones how pip is to install (wheels
# only); the file "complete" in it is made last.
make_environment() {
    local how=("${@:4}")
    [ $# -gt 3 ] || how=(--only-binary :all:)
    heading "Python environment: $2"
    mkdir -p "$(dirname "$2")"
    exec 9>"$(dirname "$2")/lock"
    flock -n 9 || {
        echo "another setup is making an environment; waiting for it"
        flock 9
    }
    [ -e "$2/complete" ] && return
    rm -rf "$2"
    "$1" -m venv "$2"
    "$2/bin/python" -m pip install --disable-pip-version-check "${how[@]}" --requirement "$3"
    touch "$2/complete"
    exec 9>&-
}
