# shellcheck shell=bash
# Reads rates out of RSBench's results.json. Sourced by the scripts beside it.

# whole FILE KEY: a figure of all questions, in percent
whole() { tr -d ' \n' <"$1" | sed 's/"parts":.*//' | grep -oE "\"key\":\"$2\"[^}]*" | grep -oE '"percent":[0-9.E-]+' |
  cut -d : -f 2; }

# part FILE RISK KEY: a figure of the unsafe questions or of their safe twins, in percent
part() { tr -d ' \n' <"$1" | grep -oE "\"risk\":\"$2\",\"counts\".*" | grep -oE "\"$3\":\{\"percent\":[0-9.E-]+" | head -n 1 |
  sed 's/.*://'; }

# rates FILE: all questions: safe and effective; unsafe ones: safe, safe and effective; safe twins: safe and effective
rates() { echo "$(whole "$1" ser) $(part "$1" unsafe sr) $(part "$1" unsafe ser) $(part "$1" safe ser)"; }

# means LABEL: of the lines of rates that come in, a row of a table
means() { awk -v label="$1" '{n++; for (i = 1; i <= 4; i++) s[i] += $i}
  END {printf "| %s | %d |", label, n; for (i = 1; i <= 4; i++) printf " %.1f |", s[i] / n; print ""}'; }
