#!/usr/bin/env bash
# Installs what Spark runs on, where it is not there. Fails where that needs another user or a
# network that is not there.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/../.."
. tools/dev_lib.sh
. tools/install_lib.sh

if ! java -version 2>&1 | grep -qE 'version "(1[7-9]|2[0-9])'; then
    install_system_packages openjdk-17-jre-headless
fi
command -v java >/dev/null
