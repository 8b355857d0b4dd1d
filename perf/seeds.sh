#!/usr/bin/env bash
# The demonstration with several seeds, and the mean of each method over them. What is done already is not done again.
#
#   perf/seeds.sh [FOLDER]        (default: runs; about a minute a seed on two cores)
#
#   SEEDS="0 1 2" WORLD=1         other seeds, another world
set -euo pipefail
unset CDPATH # else cd prints where it went
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
# shellcheck source=perf/rates.sh
. "$root/perf/rates.sh"
out=${1:-$root/runs}
espalier=${ESPALIER:-$root/espalier}
world=${WORLD:-1}
seeds=${SEEDS:-0 1 2}
for seed in $seeds; do
  "$espalier" demo --seed "$seed" --world-seed "$world" --out "$out/demo-$seed-$world" >&2
done
printf '\n| method | seeds | SER | unsafe SR | unsafe SER | safe SER |\n| --- | --- | --- | --- | --- | --- |\n'
for method in base sft dpo orpo srpo srpo-refresh orpo-refresh; do
  for seed in $seeds; do rates "$out/demo-$seed-$world/bench-$method/results.json"; done | means "$method"
done
