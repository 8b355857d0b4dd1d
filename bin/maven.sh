# Runs Maven for Espalier; sourced by ./espalier and ./check after bin/find-jdk.sh.
# shellcheck shell=bash

# Stops in one sentence where Maven is missing.
espalier_need_maven() {
  command -v mvn >/dev/null && return
  echo "Espalier is built with Maven 3.8 or newer and 'mvn' is not on the PATH: install it (https://maven.apache.org/install.html, or your system's package 'maven') and run the same command again." >&2
  exit 3
}

# Maven in the repository root, whatever the working directory. Maven's own libraries use what newer JDKs warn about; the
# flags cannot stand in .mvn/jvm.config, where an older JDK would die of them before the build could say what it needs.
# A build ends before the JVM's second compiler pays: on two cores it takes 2 min 20 s with the first alone, 3 min 43 s with both.
espalier_maven() (
  cd "$espalier_root" || exit 3
  export MAVEN_OPTS="-XX:TieredStopAtLevel=1 --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED ${MAVEN_OPTS:-}"
  exec mvn "$@"
)

# Waits until no other build runs in this checkout, then holds it for the life of this shell.
espalier_lock() {
  local lock=$espalier_root/target/build.lock
  mkdir -p "$espalier_root/target" || exit 3
  if command -v flock >/dev/null; then
    exec 9>"$lock"
    flock -n 9 && return
    echo "Another build runs in $espalier_root; waiting for it." >&2
    flock 9
    return
  fi
  until mkdir "$lock.d" 2>/dev/null; do
    kill -0 "$(cat "$lock.d/pid" 2>/dev/null)" 2>/dev/null || rm -rf "$lock.d"
    sleep 1
  done
  echo $$ >"$lock.d/pid"
  trap 'rm -rf "$espalier_root/target/build.lock.d"' EXIT
}

espalier_unlock() {
  if command -v flock >/dev/null; then
    exec 9>&-
  else
    trap - EXIT
    rm -rf "$espalier_root/target/build.lock.d"
  fi
}
