# Sums a run of ./check up; sourced by it.
# shellcheck shell=bash

espalier_duration() {
  if [ "$1" -lt 60 ]; then echo "$1 s"; else echo "$(($1 / 60)) min $(($1 % 60)) s"; fi
}

# Prints what the test reports written since this run began know: the tests that ran in each room and those that failed; the
# slowest classes; failed ones with the file of their report; those that did not run, by reason.
espalier_read_reports() {
  find "$espalier_root"/*/target/surefire-reports -name 'TEST-*.xml' -newer "$1" -exec awk '
    function attribute(name, rest) {
      if (!match($0, " " name "=\"[^\"]*\"")) return ""
      rest = substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 4)
      gsub(/&quot;/, "\"", rest); gsub(/&apos;/, "\047", rest); gsub(/&lt;/, "<", rest); gsub(/&gt;/, ">", rest)
      gsub(/&amp;/, "\\&", rest)
      return rest
    }
    /<testsuite / {
      name = attribute("name")
      sub(/.*\./, "", name)
      room = FILENAME
      sub(/\/target\/surefire-reports\/.*/, "", room)
      sub(/.*\//, "", room)
      bad = attribute("failures") + attribute("errors")
      print "room\t" room "\t" (attribute("tests") - attribute("skipped")) "\t" bad
      print "time\t" attribute("time") "\t" name
      if (bad > 0) {
        report = FILENAME
        sub(/TEST-/, "", report)
        sub(/xml$/, "txt", report)
        print "bad\t" report
      }
    }
    /<skipped/ { print "skipped\t" name "\t" attribute("message") }
  ' {} + 2>/dev/null
}

# Passes Maven's log on, and says at its end what it was about: the time by room (rooms go side by side), what did not run and
# why, where the reports of failures lie, green or red. The log ends with a line "exit CODE", which becomes this function's own;
# without one the run was interrupted.
espalier_sum_up() {
  local started=$1 line words rooms='' start=$SECONDS code=130 reason='' reports all failed
  trap '' INT # Maven hears it, and its last words are still read
  while IFS= read -r line; do
    case $line in
      "exit "[0-9]*)
        code=${line#exit }
        break
        ;;
      # Maven's own table: "[INFO] Espalier core ........ SUCCESS [ 12.345 s]"
      "[INFO] Espalier "[a-z]*" SUCCESS ["*"]" | "[INFO] Espalier "[a-z]*" FAILURE ["*"]")
        words=${line#*Espalier }
        rooms+=${words%% *}$'\t'$(sed 's/.*\[ *//; s/\]$//' <<<"$line")$'\n'
        ;;
      "[ERROR] Failed to execute goal "*) [ -n "$reason" ] || reason=${line#* on project } reason=${reason%:} ;;
    esac
    printf '%s\n' "$line"
  done
  reports=$(espalier_read_reports "$started")
  awk -F'\t' '
    NR == FNR { if ($1 == "room") count[$2] += $3; next }
    $1 { printf "\n  %-12s %12s %6d tests", $1, $2, count[$1] }
    END { print "" }
  ' <(printf '%s\n' "$reports") <(printf '%s' "$rooms")
  awk -F'\t' '$1 == "time" && $2 >= 1' <<<"$reports" | sort -t"$(printf '\t')" -k2,2nr | head -n 5 |
    awk -F'\t' '{ printf "%s%s %.0f s", NR == 1 ? "The slowest tests: " : ", ", $3, $2 } END { if (NR) print "" }'
  awk -F'\t' '
    $1 == "skipped" { count[$3]++; if (!seen[$3, $2]++) names[$3] = names[$3] (names[$3] ? ", " : "") $2 }
    END { for (why in count) print "Not run: " count[why] " tests in " names[why] ", because " why "." }
  ' <<<"$reports"
  awk -F'\t' '$1 == "bad" { print "Failed, with its report: " $2 }' <<<"$reports"
  read -r all failed < <(awk -F'\t' '$1 == "room" { all += $3; bad += $4 } END { print all + 0, bad + 0 }' <<<"$reports")
  if [ "$code" = 130 ]; then
    echo "Interrupted after $(espalier_duration $((SECONDS - start)))."
  elif [ "$code" = 0 ]; then
    echo "GREEN: $all tests in $(espalier_duration $((SECONDS - start)))."
  elif [ "$failed" -gt 0 ]; then
    echo "RED after $(espalier_duration $((SECONDS - start))): $failed of $all tests failed."
  else
    echo "RED after $(espalier_duration $((SECONDS - start))): ${reason:-Maven stopped}; the reason stands above."
  fi
  return "$code"
}
