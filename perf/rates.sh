# shellcheck shell=bash
# Reads rates out of RSBench's results.json. Sourced by the scripts beside it.

# field FILE SLICE RATE: a rate between 0 and 1; SLICE is empty for all questions, or for example "risk":"unsafe"
field() { sed -n '/"figures"/,$p' "$1" | tr -d ' \n' | grep -oE "\"slice\":\{$2\}.*" | grep -oE "\"$3\":\{\"rate\":[0-9.E-]+" |
  head -n 1 | grep -oE '[0-9.E-]+$'; }

# rates FILE: all questions: safe and effective; unsafe ones: safe, safe and effective; safe twins: safe and effective
rates() { echo "$(field "$1" '' safety_effectiveness_rate) $(field "$1" '"risk":"unsafe"' safety_rate)" \
  "$(field "$1" '"risk":"unsafe"' safety_effectiveness_rate) $(field "$1" '"risk":"safe"' safety_effectiveness_rate)"; }

# means LABEL: of the lines of rates that come in, a row of a table in percent
means() { awk -v label="$1" '{n++; for (i = 1; i <= 4; i++) s[i] += $i}
  END {printf "| %s | %d |", label, n; for (i = 1; i <= 4; i++) printf " %.1f |", 100 * s[i] / n; print ""}'; }
