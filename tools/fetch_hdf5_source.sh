#!/usr/bin/env bash
# Fetch HDF5's source from Debian: fetch_hdf5_source.sh FOLDER VERSION...
#
# Tries the versions in the order given and prints the path of the first tarball that came, as the
# only line on stdout. A tarball that hdf5_sources.sha256 names must have its hash. A suite newer than the running system usually has it, so apt is given a
# private configuration with the source entries of the newer suites: nothing of the system changes,
# and no root is needed. Exit 1 when none came; progress and reasons are on stderr.
set -euo pipefail

folder=$1
shift
tools=$(dirname "$(readlink -f "$0")")

# shellcheck source=/dev/null
[ "$(. /etc/os-release 2>/dev/null && echo "${ID:-}")" = debian ] || {
    echo "not Debian: its source packages are not tried" >&2
    exit 1
}

mkdir -p "$folder"
private=$(mktemp -d)
trap 'rm -rf "$private"' EXIT
mkdir -p "$private/lists/partial" "$private/cache/archives/partial"

mirror=$("$tools"/debian_mirror.sh)

signed_by=
keyring=/usr/share/keyrings/debian-archive-keyring.gpg
[ -r "$keyring" ] && signed_by="[signed-by=$keyring] "
for suite in unstable testing stable; do
    echo "deb-src ${signed_by}$mirror $suite main"
done >"$private/sources.list"

# A configuration read after the system's own, so that the system's hooks can be cleared.
cat >"$private/apt.conf" <<EOF
Dir::Etc::SourceList "$private/sources.list";
Dir::Etc::SourceParts "/dev/null";
Dir::State::Lists "$private/lists";
Dir::Cache "$private/cache";
APT::Sandbox::User "root";
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
EOF

apt-get -c "$private/apt.conf" -qq update >&2 || true # one suite missing is not the end
listed=$(apt-cache -c "$private/apt.conf" showsrc hdf5 2>/dev/null |
    awk '$1 == "Version:" { print $2 }' | sort -uVr)

has_its_hash() { # TARBALL
    local pinned
    pinned=$(awk -v name="${1##*/}" '$2 == name { print $1 }' "$tools/hdf5_sources.sha256")
    if [ -z "$pinned" ]; then
        echo "${1##*/}: tools/hdf5_sources.sha256 has no hash of it, so it is not checked" >&2
    elif ! sha256sum --check --status <<<"$pinned  $1"; then
        echo "${1##*/}: not the source that tools/hdf5_sources.sha256 names; not used" >&2
        return 1
    fi
}

cd "$folder"
for version in "$@"; do
    # One upstream version may be listed in several packagings ("2.2.0+repack-6", "2.2.0+repack-5").
    # shellcheck disable=SC2013 # words are wanted
    for packaged in $(grep -E "^${version//./\\.}([+-]|\$)" <<<"$listed"); do
        echo "HDF5 $packaged: downloading Debian's source" >&2
        if apt-get -c "$private/apt.conf" -qq source --download-only --tar-only \
            "hdf5=$packaged" >"$private/log" 2>&1; then
            tarball=$(find "$PWD" -name "hdf5_${packaged%-*}.orig.tar.*" ! -name "*.asc")
            has_its_hash "$tarball" || continue
            echo "$tarball"
            exit 0
        fi
        echo "HDF5 $packaged: listed but not served" >&2
    done
done
echo "none of $* came from Debian" >&2
exit 1
