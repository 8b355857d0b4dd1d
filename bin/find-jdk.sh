# Finds a JDK for Espalier; sourced by ./espalier and ./check, so that both use the same one.
# shellcheck shell=bash

espalier_jdk_wanted=25

# Prints the feature version (25) of the JDK in a folder; fails where there is none.
espalier_jdk_version() {
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] || return 1
  local key value=
  if [ -r "$1/release" ]; then
    # Reading the file costs nothing; starting a JVM to ask it costs a twentieth of a second.
    while IFS='=' read -r key value || [ -n "$key" ]; do
      [ "$key" = JAVA_VERSION ] && break
      value=
    done <"$1/release"
  fi
  [ -n "$value" ] || value=$("$1/bin/javac" -version 2>&1) || return 1
  value=${value#javac }
  value=${value#\"}
  value=${value#1.} # 1.8 is 8
  value=${value%%[!0-9]*}
  [ -n "$value" ] && echo "$value"
}

# The folder of the JDK that a command on the PATH belongs to.
espalier_jdk_of_path() {
  local link target
  link=$(command -v javac) || return 1
  while [ -L "$link" ]; do
    target=$(readlink "$link")
    case $target in
      /*) link=$target ;;
      *) link=$(dirname "$link")/$target ;;
    esac
  done
  (cd "$(dirname "$link")/.." && pwd)
}

# Sets and exports JAVA_HOME. JAVA_HOME and the PATH come first; of the JDKs elsewhere the oldest that is new enough
# is taken, because that is the one Espalier was tested with. Exit code 3 in one sentence where there is none.
espalier_find_jdk() {
  local home version best= best_version=0 newest=0 newest_home=
  for home in "${JAVA_HOME:-}" "$(espalier_jdk_of_path)"; do
    [ -n "$home" ] && version=$(espalier_jdk_version "$home") || continue
    if [ "$version" -ge "$espalier_jdk_wanted" ]; then
      export JAVA_HOME=$home
      return
    fi
    newest=$version newest_home=$home
  done
  for home in ${ESPALIER_JDK_FOLDERS:-/usr/lib/jvm /opt /usr/local /Library/Java/JavaVirtualMachines} \
    "${HOME:-}/.sdkman/candidates/java" "${HOME:-}/.jdks"; do
    for home in "$home"/*/Contents/Home "$home"/*; do
      version=$(espalier_jdk_version "$home") || continue
      if [ "$version" -ge "$espalier_jdk_wanted" ]; then
        [ -z "$best" ] || [ "$version" -lt "$best_version" ] && best=$home best_version=$version
      elif [ "$version" -gt "$newest" ]; then
        newest=$version newest_home=$home
      fi
    done
  done
  if [ -z "$best" ] && [ -x /usr/libexec/java_home ]; then
    best=$(/usr/libexec/java_home -F -v "$espalier_jdk_wanted+" 2>/dev/null) || best=
  fi
  if [ -n "$best" ]; then
    export JAVA_HOME=$best
    return
  fi
  home="none was found"
  [ "$newest" -gt 0 ] && home="the newest found is $newest in $newest_home"
  echo "Espalier needs a JDK $espalier_jdk_wanted or newer and $home: install one (https://adoptium.net, or 'sdk install java 25-tem') or set JAVA_HOME to it." >&2
  exit 3
}
