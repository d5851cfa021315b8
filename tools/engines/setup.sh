#!/usr/bin/env bash
# For ./dev test --engines: Java, an environment in the cache with Spark, Dask and the others beside
# everything that the usual one has, and .venv/engines to name it.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/../.."
. tools/dev_lib.sh
. tools/install_lib.sh

tools/engines/packages.sh
usual=$(readlink -f .venv/environment)
key=$({ cat tools/engines/requirements.txt tools/requirements.txt && echo "$usual"; } | sha256sum |
    cut -c1-12)
environment=$cache/engines/$key
packages='import sysconfig; print(sysconfig.get_path("purelib"))'
if [ ! -e "$environment/complete" ]; then
    make_environment "$usual/bin/python" "$environment" tools/engines/requirements.txt
fi
# This checkout's build is not named in the cache: PYTHONPATH is set by test.sh.
"$usual/bin/python" -c "$packages" \
    >"$("$environment/bin/python" -c "$packages")/hyperslab-environment.pth"
ln -sfn "$environment" .venv/engines
