# shellcheck shell=bash disable=SC2034
# Shared by ./dev and its helpers: how they speak, and where the cache is.

if [ -t 1 ]; then
    bold=$'\e[1m' red=$'\e[31m' green=$'\e[32m' plain=$'\e[0m'
else
    bold='' red='' green='' plain=''
fi

heading() { printf '\n%s== %s%s\n' "$bold" "$*" "$plain"; }
die() {
    printf '%s%s%s\n' "$red" "$*" "$plain" >&2
    exit 1
}

# HDF5, the Python environment and lint results outlive a checkout here.
cache=${HYPERSLAB_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/hyperslab}
