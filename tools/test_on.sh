#!/usr/bin/env bash
# ./dev test --on SUITE [PART...]: the tests with the HDF5, compiler and Python of another Debian
# suite. sid, Debian's unstable, has HDF5 2.x, and the newest GCC and Python that Debian has.
#
# A folder in the cache gets a small system of that suite (debootstrap, one minute and 1.5 GB, once).
# The checkout is copied into it, to the same path, and ./dev test runs there with that system as
# its root and with HYPERSLAB_HDF5=SYSTEM. The copy keeps what was built before, and the folder its
# Python environment and ccache, so a second run compiles only what changed. Nothing is mounted that
# others could see: the namespace ends with the command.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."
. tools/dev_lib.sh

take_lock() { # FILE: until this ends, or takes another
    exec 9>"$1"
    flock -n 9 || {
        echo "another ./dev test --on is at work; waiting for it"
        flock 9
    }
}

suite=${1:?a suite of Debian, as sid}
shift
case $suite in
    *[!a-z-]*) die "'$suite' is not the name of a Debian suite." ;;
esac

# Besides what ./dev setup needs (and installs there, should its list grow): what this system has.
extra="binutils ca-certificates libhdf5-dev python3-dev python3-venv util-linux"
packages="$(sed 's/#.*//' tools/debian-packages.txt | xargs) $extra"

# ---- what it takes ----

missing=()
if [ "$(id -u)" != 0 ]; then
    missing+=("root: making a system in a folder and entering it are root's (sudo ./dev test --on $suite)")
elif ! unshare --mount --pid --fork true 2>/dev/null; then
    missing+=("the right to mount: a container that keeps it back cannot run this (docker run --privileged has it)")
fi
if ! PATH=$PATH:/usr/sbin command -v debootstrap >/dev/null; then
    missing+=("debootstrap: apt-get install debootstrap")
fi
mirror=${HYPERSLAB_DEBIAN_MIRROR:-$(tools/debian_mirror.sh 2>/dev/null || true)}
if [ -z "$mirror" ]; then
    missing+=("a Debian mirror: apt's sources name none here; set HYPERSLAB_DEBIAN_MIRROR to its URL")
fi
if [ ${#missing[@]} -gt 0 ]; then
    die "./dev test --on $suite cannot run here. Missing:
$(printf '  - %s\n' "${missing[@]}")"
fi

# ---- the folder; it gets its name when it is whole ----

mkdir -p "$cache/suites"
root=$cache/suites/$suite-$(sha256sum <<<"$extra" | cut -c1-12)
take_lock "$cache/suites/lock"
if [ ! -e "$root" ]; then
    heading "Debian $suite: $root"
    rm -rf "$root.making"
    mkdir "$root.making"
    # In a namespace of its own, so that no mount of it outlives it, whatever happens.
    PATH=$PATH:/usr/sbin unshare --mount --propagation private \
        debootstrap --variant=minbase "$suite" "$root.making" "$mirror" || {
        tail -n 5 "$root.making/debootstrap/debootstrap.log" 2>/dev/null || true
        rm -rf "$root.making"
        die "debootstrap made no $suite (the lines above say why). It needs the network: $mirror"
    }
    # A mirror that stands still is as good.
    echo 'Acquire::Check-Valid-Until "false";' >"$root.making/etc/apt/apt.conf.d/hyperslab"
    # apt chooses among packages that exclude each other, which debootstrap does not.
    # shellcheck disable=SC2086 # a list
    unshare --mount --propagation private chroot "$root.making" env DEBIAN_FRONTEND=noninteractive \
        apt-get install --yes --no-install-recommends $packages || {
        rm -rf "$root.making"
        die "apt installed not all packages in $suite (the lines above say why)."
    }
    rm -rf "$root.making/var/cache/apt/archives"
    mv "$root.making" "$root"
fi

# ---- the checkout, with the times of its files, so that what was built stays built ----

here=$PWD
take_lock "$root/lock-$(sha256sum <<<"$here" | cut -c1-12)" # two checkouts may be tested at a time
heading "Copy of this checkout in $suite"
copy=$root$here
rm -rf "$copy.new"
mkdir -p "$copy.new"
without=(--exclude=./build --exclude=./dist --exclude=./.venv --exclude=./.git --exclude=__pycache__)
case $cache/ in
    "$here"/*) without+=("--exclude=.${cache#"$here"}") ;;
esac
tar -c "${without[@]}" . | tar -x -C "$copy.new"
for kept in build .venv; do
    [ ! -e "$copy/$kept" ] || mv "$copy/$kept" "$copy.new/"
done
rm -rf "$copy"
mv "$copy.new" "$copy"

# ---- inside ----

shared=$(realpath -m "${HYPERSLAB_SHARED:-$here/../shared}")
passed_on=$(compgen -e | grep -E '^(PIP_.*|.*_(proxy|PROXY)|TERM|HYPERSLAB_TEST_.*)$' || true)
inside=(HOME=/root LANG=C.UTF-8 LC_ALL=C.UTF-8 HYPERSLAB_HDF5=SYSTEM "HYPERSLAB_SHARED=$shared"
    PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin)
for name in $passed_on; do
    inside+=("$name=${!name}")
done
parts=$*
export root shared here parts
# shellcheck disable=SC2016 # the inner shell's variables
exec unshare --mount --propagation private --pid --fork --kill-child bash -euc '
    show() { # PATH: the same there as here, as long as this runs
        [ -e "$1" ] || return 0
        if [ -d "$1" ]; then mkdir -p "$root$1"; else mkdir -p "$root${1%/*}" && touch "$root$1"; fi
        mount --rbind "$(realpath "$1")" "$root$1"
    }
    mount -t proc proc "$root/proc"
    show /dev
    show /sys
    [ ! -d "$shared" ] || { show "$shared" && mount -o remount,bind,ro "$root$shared"; }
    show /etc/resolv.conf
    show /etc/hosts
    for certificates in /etc/ssl/certs/ca-certificates.crt "${PIP_CERT:-}" /etc/pip.conf; do
        show "$certificates"
    done
    exec chroot "$root" env -i "$@" bash -c "cd \"\$0\" && exec ./dev test \"\$@\"" "$here" $parts
' bash "${inside[@]}"
