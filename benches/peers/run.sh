#!/usr/bin/env bash
# Measures kurabe beside readers of Python on the published documents in several formats and writes
# docs/reference/speed.md. No part of the gate: it needs ../shared and PyPI, and its figures are those
# of one machine.
#   benches/peers/run.sh
# PEERS_VENV names a folder for the virtual environment (target/peers-venv when absent).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

corpus=../shared/corpus-formats
if [[ ! -d $corpus ]]; then
    echo "$corpus is not here: there is nothing to measure" >&2
    exit 2
fi

export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-target}"
venv="${PEERS_VENV:-$CARGO_TARGET_DIR/peers-venv}"
[[ -x $venv/bin/python ]] || python3 -m venv "$venv"
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --requirement benches/peers/requirements.txt

cargo build --release --locked --quiet -p kurabe-read --example cells
"$venv/bin/python" benches/peers/compare.py "$CARGO_TARGET_DIR/release/examples/cells" "$corpus" docs/reference/speed.md
echo "docs/reference/speed.md is written"
