#!/usr/bin/env bash
# Runs the programs that others use (transformers, peft, trl, datasets, openai, ...) against this checkout and prints
# one line per claim: pass, fail or not run. Usage: perf/interop.sh [PYTHON] [NAME...]
# PYTHON is the interpreter of a virtual environment (default: $PYTHON or python3); NAME picks files of perf/interop.
#
#     python3 -m venv .venv && .venv/bin/pip install -r perf/interop/requirements.txt
#     perf/interop.sh .venv/bin/python
set -uo pipefail
here=$(cd "$(dirname "$0")" && pwd)
python=${1:-${PYTHON:-python3}}
shift || true
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export ESPALIER="${ESPALIER:-$here/../espalier}" INTEROP_ROOT="$here/.." HF_HUB_OFFLINE="${HF_HUB_OFFLINE:-0}" PYTHONPATH="$here/interop"
names=("$@")
if [ ${#names[@]} -eq 0 ]; then
    for file in "$here"/interop/*.py; do
        name=$(basename "$file" .py)
        [ "$name" = claims ] || names+=("$name")
    done
fi
"$python" - <<'P'
import importlib.metadata as found
print("| package | version |\n| --- | --- |")
for name in ("torch transformers peft trl datasets llamafactory openai huggingface_hub").split():
    try:
        print(f"| {name} | {found.version(name)} |")
    except found.PackageNotFoundError:
        print(f"| {name} | not installed |")
P
printf '\n| with | claim | result | detail |\n| --- | --- | --- | --- |\n'
failed=0
for name in "${names[@]}"; do
    mkdir -p "$work/$name"
    (cd "$work/$name" && "$python" "$here/interop/$name.py" 2>"$work/$name.err") || {
        failed=1
        printf '| %s | the whole file | **fail** | %s |\n' "$name" "$(tail -n 1 "$work/$name.err" | cut -c 1-200 | tr '|' '/')"
    }
done
exit $failed
