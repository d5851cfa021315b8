#!/usr/bin/env bash
# For the tests of tensors: .venv/torch, an environment with Debian's PyTorch, which has no CUDA as
# PyPI's has (3 GB). Fails where there is no PyTorch for this Python, or it cannot be installed.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/../.."
. tools/dev_lib.sh
. tools/install_lib.sh

usual=$(readlink -f .venv/environment)
version=$("$usual/bin/python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
command -v apt-cache >/dev/null || die "there is no apt to install PyTorch"
offered=$(apt-cache show python3-torch 2>/dev/null || true)
[[ $offered == *"python$version:any"* ]] || die "Debian has no PyTorch for Python $version here"
install_system_packages python3-torch
key=$({ cat tools/engines/torch-requirements.txt && echo "$usual"; } | sha256sum | cut -c1-12)
environment=$cache/torch/$key
[ -e "$environment/complete" ] ||
    make_environment "$usual/bin/python" "$environment" tools/engines/torch-requirements.txt
# Of Debian's packages PyTorch alone: its NumPy is older than hyperslab's.
packages=$("$environment/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
for name in torch torchgen functorch typing_extensions.py; do
    ln -sfn "/usr/lib/python3/dist-packages/$name" "$packages/$name"
done
ln -sfn "$environment" .venv/torch
.venv/torch/bin/python -c 'import torch.utils.data'
