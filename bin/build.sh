# Builds Espalier where it must be; sourced by ./espalier and bin/release.
# shellcheck shell=bash
# shellcheck source=bin/maven.sh
. "$espalier_root/bin/maven.sh"

# A build is copied to a folder of its own, so that a command that still runs keeps the classes it started with.
launch=$espalier_root/target/launch

# True where a source or a build file is newer than the build in use.
espalier_outdated() {
  [ -f "$launch/current" ] && read -r build <"$launch/current" && [ -f "$launch/$build/main.jar" ] || return 0
  [ -n "$(find "$espalier_root/pom.xml" "$espalier_root"/*/pom.xml "$espalier_root"/*/src/main \
    -newer "$launch/current" -print 2>/dev/null | head -n 1)" ]
}

# Turns Maven's log into a line for each module with the time so far and an estimate, and a count of what is fetched on a
# first build.
espalier_progress() {
  local line number all took left fetched=0 start=$SECONDS
  while IFS= read -r line; do
    case $line in
      *"Building Espalier "[a-z]*\[*\]*)
        line=${line#*Building Espalier }
        number=${line##*[}
        all=${number#*/}
        all=${all%%]*}
        number=${number%%/*}
        took=$((SECONDS - start))
        left=
        # Of a build after a small change only the last rooms take long, which the first ones do not tell.
        [ "$number" -gt 2 ] && [ "$took" -gt 20 ] && left=", about $((took * (all - number + 1) / (number - 1))) s left"
        printf '\r  [%s/%s] %-12s %3d s%s          \n' "$number" "$all" "${line%% *}" "$took" "$left" >&2
        ;;
      *"Downloaded from "*)
        fetched=$((fetched + 1))
        [ -t 2 ] && printf '\r  %d files fetched' "$fetched" >&2
        ;;
    esac
  done
  [ "$fetched" -gt 0 ] && printf '\r  %d files fetched\n' "$fetched" >&2
}

# Copies what was built to a folder of its own: our jars as copies, everybody else's as links, which nobody rewrites.
espalier_keep() {
  # The last room, which sees all others: what measures speed and endurance, in a checkout alone.
  local build=$1 room=lab jar
  rm -rf "${launch:?}/$build"
  mkdir -p "$launch/$build/lib" || return
  # The newest, because another version's may lie beside it.
  jar=$(find "$espalier_root/$room/target/$room"-*.jar ! -name '*-sources.jar' ! -name '*-javadoc.jar' -exec ls -t {} + |
    head -n 1)
  cp "$jar" "$launch/$build/main.jar" || return
  for jar in "$espalier_root/$room"/target/lib/*.jar; do
    if [ -d "$espalier_root/$(basename "$jar" | sed 's/-[0-9].*//')/src" ]; then
      cp "$jar" "$launch/$build/lib/" || return
    else
      ln "$jar" "$launch/$build/lib/" 2>/dev/null || cp "$jar" "$launch/$build/lib/" || return
    fi
  done
}

espalier_build() {
  local log=$espalier_root/target/build.log start build old before=
  espalier_need_maven
  espalier_lock
  if espalier_outdated; then
    [ -f "$launch/current" ] && read -r before <"$launch/current"
    start=$SECONDS
    build=$(date +%Y%m%d%H%M%S)
    mkdir -p "$launch"
    touch "$launch/started" # what changes while the build runs is newer than this
    echo "Building Espalier with $JAVA_HOME (once; the log is $log)" >&2
    espalier_maven -B -Dstyle.color=never package -Dquick -Dmaven.test.skip=true 2>&1 | tee "$log" | espalier_progress
    if [ "${PIPESTATUS[0]}" -ne 0 ] || ! espalier_keep "$build"; then
      echo "The build failed; from its log, $log:" >&2
      # Maven's advice about itself is left out.
      grep '^\[ERROR\] ' "$log" | grep -vE '^\[ERROR\] (To see|Re-run|For more|After correct|  mvn|->|\[Help)' | tail -n 25 >&2 ||
        tail -n 25 "$log" >&2
      exit 3
    fi
    echo "$build" >"$launch/current.new"
    touch -r "$launch/started" "$launch/current.new"
    mv "$launch/current.new" "$launch/current"
    for old in "$launch"/2*; do
      case ${old##*/} in "$build" | "$before") ;; *) rm -rf "$old" ;; esac
    done
    echo "Built in $((SECONDS - start)) s." >&2
  fi
  espalier_unlock
}

# Leaves the folder of a build that is as new as the sources in espalier_build.
espalier_build_where_outdated() {
  espalier_outdated && espalier_build
  read -r build <"$launch/current"
  espalier_build=$launch/$build
}
