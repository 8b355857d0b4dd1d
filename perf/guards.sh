#!/usr/bin/env bash
# What the guards against hostile input cost: the house as it was before most of them (OLD_COMMIT, built in a worktree that goes
# afterwards) and this one do the same work in turn, and the medians are printed. Usage: perf/guards.sh [OLD_COMMIT [WORK]]
# WORK is a part of the names of the works that are wanted: perf/guards.sh d7e7685 log
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd -P)
espalier_root=$root
# shellcheck source=bin/find-jdk.sh
. "$root/bin/find-jdk.sh"
espalier_find_jdk
mkdir -p "$root/target"
work=$(mktemp -d "$root/target/guards.XXXXXX")
trap 'git -C "$root" worktree remove --force "$work/house" 2>/dev/null || true; rm -rf "$work"' EXIT
git -C "$root" worktree add --quiet --detach "$work/house" "${1:-d7e7685}"
"$work/house/espalier" --version >&2
"$root/espalier" --version >&2

# The jars of the build that a checkout starts.
jars() {
  local build
  read -r build <"$1/target/launch/current"
  printf '%s' "$1/target/launch/$build/*:$1/target/launch/$build/lib/*"
}

mkdir "$work/data" "$work/data/images"
cp "$root/greenhouse/model/tokenizer.json" "$root/greenhouse/model/config.json" "$work/data/"
cp "$root/docs/walkthrough/ssui.jsonl" "$work/data/one.ssui.jsonl"
cp "$root/docs/walkthrough/trees.jsonl" "$work/data/one.trees.jsonl"
cp "$root"/docs/walkthrough/images/* "$work/data/images/"
cp "$work/house/recipes/greenhouse.yaml" "$work/data/recipe.yaml"

# As the launcher starts Java.
cache=${ESPALIER_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/espalier}
export DJL_CACHE_DIR=${DJL_CACHE_DIR:-$cache/djl} OMP_WAIT_POLICY=passive THP_MEM_ALLOC_ENABLE=1
export MALLOC_MMAP_THRESHOLD_=1073741824 MALLOC_TRIM_THRESHOLD_=4294967296 MALLOC_TOP_PAD_=67108864
options=(
  --enable-native-access=ALL-UNNAMED -XX:+UseSerialGC -Xmx1536m "-Dorg.bytedeco.javacpp.cachedir=$cache/javacpp"
  -Dorg.bytedeco.javacpp.maxBytes=0 -Dorg.bytedeco.javacpp.maxPhysicalBytes=0 -Djava.awt.headless=true
  "-Dguards.source=$root/perf/Guards.java"
)
guards() {
  "$JAVA_HOME/bin/java" "${options[@]}" -cp "$(jars "$root")" "$root/perf/Guards.java" "$@"
}
guards data "$work/data"
guards compare "$work/data" "$(jars "$work/house")" "$(jars "$root")" "${2:-}"
