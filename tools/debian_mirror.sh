#!/usr/bin/env bash
# Print the Debian mirror that this system's apt already uses; exit 1 when there is none.
set -euo pipefail

codename=$(. /etc/os-release 2>/dev/null && echo "${VERSION_CODENAME:-}") || codename=
# shellcheck disable=SC2016 # apt's variables, not the shell's
mirror=$(apt-get indextargets --format '$(RELEASE) $(COMPONENT) $(REPO_URI)' 'Created-By: Packages' |
    awk -v codename="$codename" '
        $2 == "main" && $3 ~ /\/debian\/?$/ && ($1 == codename || !any) { any = $3 }
        END { print any }')
[ -n "$mirror" ] || {
    echo "no Debian mirror in the system's apt sources" >&2
    exit 1
}
echo "$mirror"
