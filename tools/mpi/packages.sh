#!/usr/bin/env bash
# Installs the MPI that HYPERSLAB_MPI_FLAVOR names, where it is not there. Fails where that needs
# another user or a network that is not there.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/../.."
. tools/dev_lib.sh
. tools/install_lib.sh
. tools/mpi/lib.sh

# shellcheck disable=SC2086 # a list
install_system_packages $mpi_packages
command -v "${mpi_launcher[0]}" >/dev/null
