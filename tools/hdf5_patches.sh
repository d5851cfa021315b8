#!/usr/bin/env bash
# The patches of the bundled HDF5 1.14 as a git repository, where they are easy to change:
#
#   hdf5_patches.sh open FOLDER    fetches the source into FOLDER, a commit for each patch
#   hdf5_patches.sh save FOLDER    writes cmake/hdf5-1.14/ anew, a patch for each commit
#
# A commit's subject is the patch's name, its text says what the patch is for. FOLDER can be built as
# it is: HYPERSLAB_HDF5_SOURCE=FOLDER.
set -euo pipefail
project=$(dirname "$(dirname "$(readlink -f "$0")")")
patches=$project/cmake/hdf5-1.14
author=(-c user.name=hyperslab -c user.email=hyperslab@localhost)

# mpi/ for what the parallel HDF5 alone gets: its commits' subjects begin so.
folder_of() { # PATCH
    case $1 in */mpi/*) echo 'mpi\/' ;; esac
}

open_patches() { # FOLDER
    local fetched patch
    mkdir "$1"
    fetched=$(mktemp -d)
    # shellcheck disable=SC2064 # its value now: it is gone when the trap runs
    trap "rm -rf '$fetched'" EXIT
    tar -xf "$("$project/tools/fetch_hdf5_source.sh" "$fetched" 1.14.6)" --strip-components=1 -C "$1"
    cd "$1"
    git init -q
    git add --all --force
    git "${author[@]}" commit -q -m "As released"
    git tag released
    for patch in "$patches"/*.patch "$patches"/mpi/*.patch; do
        patch --strip=1 --batch --forward --silent --no-backup-if-mismatch <"$patch"
        git add --all src
        { basename "$patch" .patch | sed "s/^[0-9]*-/$(folder_of "$patch")/" && echo && sed '/^--- /,$d' "$patch"; } |
            git "${author[@]}" commit -q -F -
    done
    git log --oneline released..
}

save_patches() { # FOLDER
    local commit name folder number=0 number_mpi=0
    cd "$1"
    rm -f "$patches"/*.patch "$patches"/mpi/*.patch
    for commit in $(git rev-list --reverse released..); do
        name=$(git log -1 --format=%s "$commit")
        case $name in
            mpi/*) folder=mpi/ number_mpi=$((number_mpi + 1)) name=$number_mpi-${name#mpi/} ;;
            *) folder='' number=$((number + 1)) name=$number-$name ;;
        esac
        {
            git log -1 --format=%b "$commit"
            git diff "$commit^" "$commit" -- src | grep -Ev '^(diff --git|index|new file mode) '
        } >"$patches/$folder$([[ $name = ?-* ]] && echo 0)$name.patch"
    done
    ls "$patches"
}

case "${1:-} $#" in
    "open 2") open_patches "$2" ;;
    "save 2") save_patches "$2" ;;
    *)
        sed -n '2,/^[^#]/s/^# \{0,1\}//p' "$0" >&2
        exit 1
        ;;
esac
