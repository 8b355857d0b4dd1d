#!/bin/sh
# Starts Espalier from its archive, with the Java that lies beside it. Needs nothing on the PATH.
#
#   ESPALIER_CACHE       where native libraries are unpacked (default: ~/.cache/espalier; the folder cache without a home)
#   ESPALIER_JAVA_OPTS   further options of the Java virtual machine, for example -Xmx4g
set -u
unset CDPATH # else cd prints where it went

espalier_self=$0
while [ -L "$espalier_self" ]; do
  # shellcheck disable=SC2030 # only readlink needs that PATH
  espalier_target=$(PATH=${PATH:+$PATH:}/usr/bin:/bin && readlink "$espalier_self") || {
    echo "Espalier was started through the link $espalier_self, which this machine has no readlink to follow: start it by its own path." >&2
    exit 3
  }
  case $espalier_target in
    /*) espalier_self=$espalier_target ;;
    *) espalier_self=${espalier_self%"${espalier_self##*/}"}$espalier_target ;;
  esac
done
espalier_root=${espalier_self%"${espalier_self##*/}"}
espalier_root=$(cd "${espalier_root:-.}" && pwd -P) || exit 3
# shellcheck source=bin/locale.sh
. "$espalier_root/bin/locale.sh"
espalier_set_locale

espalier_java=$espalier_root/runtime/bin/java
espalier_jar=$espalier_root/app.jar
espalier_cache=$espalier_root/cache
espalier_classes=
[ -w "$espalier_cache" ] && espalier_classes=$espalier_cache/classes.aot # else others use what only its owner can write
# shellcheck source=bin/start.sh
. "$espalier_root/bin/start.sh"
