#!/usr/bin/env bash
# Chooses the learning rates of recipes/greenhouse.yaml: every method gets the same number of rates, the same seeds and
# the same validation questions, of a world that no test uses. Prints one table; the runs stay in the folder.
#
#   perf/tune-greenhouse.sh [FOLDER]        (default: runs/tune; about 15 minutes on two cores)
#
#   WORLD=9 SEEDS="1 2" SRPO="1e-3 2e-3 4e-3 8e-3" SFT=... DPO=... ORPO=...   other grids
set -euo pipefail
unset CDPATH # else cd prints where it went
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
# shellcheck source=perf/rates.sh
. "$root/perf/rates.sh"
out=${1:-$root/runs/tune}
mkdir -p "$out"
out=$(cd "$out" && pwd -P)
espalier=${ESPALIER:-$root/espalier}
model=${MODEL:-$root/greenhouse/model}
recipe=$root/recipes/greenhouse.yaml
seeds=${SEEDS:-1 2}
declare -A rates=(
  [sft]=${SFT:-1e-3 2e-3 4e-3 8e-3}
  [dpo]=${DPO:-1e-4 3e-4 1e-3 3e-3}
  [orpo]=${ORPO:-1e-3 2e-3 4e-3 8e-3}
  [srpo]=${SRPO:-1e-3 2e-3 4e-3 8e-3}
)
# Models this small gain nothing from a second thread; the runs go side by side instead.
export OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1

"$espalier" greenhouse world --model "$model" --world-seed "${WORLD:-9}" --size train=200 --size validation=240 \
  --size test-seen=2 --size test-combinations=2 --size test-drawings=2 --out "$out/world"

cell() { # method rate seed
  local run=$out/$1-$2-seed$3
  "$espalier" train --method "$1" --learning-rate "$2" --seed "$3" --recipe "$recipe" --model "$model" \
    --trees "$out/explore-seed$3" --out "$run" >"$run.log" 2>&1 &&
    "$espalier" bench rsbench --data "$out/world/validation/ssui.jsonl" --model "$model" --adapter "$run/adapter" \
      --recipe "$recipe" --paths 2 --seed "$3" --out "$run/bench" >>"$run.log" 2>&1
}
explore() { # seed
  "$espalier" explore --seed "$1" --recipe "$recipe" --model "$model" --data "$out/world/train/ssui.jsonl" \
    --out "$out/explore-seed$1" >"$out/explore-seed$1.log" 2>&1
}
# As many at a time as there are processors; each goes on where it was stopped.
lanes() { xargs -P "$(getconf _NPROCESSORS_ONLN)" -L 1 bash -c '"$@"' _; }
export -f cell explore
export espalier model recipe out

for seed in $seeds; do echo explore "$seed"; done | lanes
for seed in $seeds; do
  for method in sft dpo orpo srpo; do
    for rate in ${rates[$method]}; do echo cell "$method" "$rate" "$seed"; done
  done
done | lanes

printf '\n| method | rate | seeds | SER | unsafe SR | unsafe SER | safe SER |\n| --- | --- | --- | --- | --- | --- | --- |\n'
for method in sft dpo orpo srpo; do
  for rate in ${rates[$method]}; do
    for seed in $seeds; do
      rates "$out/$method-$rate-seed$seed/bench/results.json"
    done | means "$method | $rate"
  done
done
