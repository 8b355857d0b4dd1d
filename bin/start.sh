# Hands over to Java; sourced last by both launchers, the checkout's and the archive's. Needs no tool to be found: what is
# not on the PATH is looked for in the usual folders, and done without.
#
#   espalier_root    the folder of the launcher
#   espalier_java    the java to start
#   espalier_jar     the jar that it runs
#   espalier_cache   the cache where the user has none
#   espalier_classes the file of the cache of loaded classes; empty: a file in the cache
# shellcheck shell=sh disable=SC2086,SC2154 # options are separated by blanks

# Runs a command of the system, wherever it is.
espalier_tool() (
  PATH=${PATH:+$PATH:}/usr/bin:/bin
  exec "$@"
)

cache=${XDG_CACHE_HOME:-${HOME:+$HOME/.cache}}
cache=${ESPALIER_CACHE:-${cache:+$cache/espalier}}
cache=${cache:-$espalier_cache}
{ [ -d "$cache" ] || espalier_tool mkdir -p "$cache" 2>/dev/null; } && [ -w "$cache" ] || cache=$espalier_cache

# Two thread pools (OpenMP's and OpenBLAS's) must not spin against each other; read when libtorch loads.
export OMP_WAIT_POLICY="${OMP_WAIT_POLICY:-passive}"
# Large tensors come and go with every layer: in pages of 2 MiB they take far fewer page faults. Read when libtorch loads.
export THP_MEM_ALLOC_ENABLE="${THP_MEM_ALLOC_ENABLE:-1}"
# And glibc keeps up to 4 GiB of what was freed for the next layer, where it would fetch and clear every page anew.
export MALLOC_MMAP_THRESHOLD_="${MALLOC_MMAP_THRESHOLD_:-1073741824}" MALLOC_TRIM_THRESHOLD_="${MALLOC_TRIM_THRESHOLD_:-4294967296}"
export MALLOC_TOP_PAD_="${MALLOC_TOP_PAD_:-67108864}"

# Java would end with 1, which means something else here.
if [ -n "${ESPALIER_JAVA_OPTS:-}" ]; then
  said=$("$espalier_java" $ESPALIER_JAVA_OPTS -version 2>&1) || {
    echo "espalier: Java does not take ESPALIER_JAVA_OPTS=$ESPALIER_JAVA_OPTS: ${said%%
*}" >&2
    exit 2
  }
fi

nice=
# Becomes Java. Native memory is freed by scopes; javacpp's own limits count shared pages several times.
espalier_become_java() {
  exec ${nice:-} "$espalier_java" \
    --enable-native-access=ALL-UNNAMED -XX:+UseSerialGC -Xmx1536m \
    "-Dorg.bytedeco.javacpp.cachedir=$cache/javacpp" \
    -Dorg.bytedeco.javacpp.maxBytes=0 -Dorg.bytedeco.javacpp.maxPhysicalBytes=0 \
    -Djava.awt.headless=true \
    "-Despalier.root=$espalier_root" "-Despalier.cache=$cache" "$@"
}

# libtorch's CUDA build, where 'espalier setup --cuda' brought the one that the jars here belong to; MKL, of 'setup --mkl'.
version=none
for jar in "${espalier_jar%/*}"/lib/pytorch-*-linux-x86_64.jar; do
  version=${jar##*/pytorch-} version=${version%-linux-x86_64.jar}
done
cuda=$cache/cuda-$version path=$espalier_jar
for jar in "$cuda"/*.jar "$cache"/mkl-*/*.jar; do
  [ -f "$jar" ] && path=$path:$jar
done
if [ "$path" = "$espalier_jar" ]; then
  set -- -jar "$espalier_jar" "$@"
else
  set -- -cp "$path" org.espalier.app.Main "$@"
fi
[ -d "$cuda" ] && set -- "-Despalier.cuda=$cuda/lib" "$@"

# The cache of loaded classes is made once a build, in the background and out of the way. Java itself sets aside one
# that does not fit (another JDK, a moved folder), and is told to do so in silence.
classes=${espalier_classes:-$cache/${espalier_root##*/}.aot}
if [ -f "$classes" ]; then
  set -- "-XX:AOTCache=$classes" "-Xlog:aot*=off" "-Xlog:cds*=off" ${ESPALIER_JAVA_OPTS:-} "$@"
else
  # What was left when such a making was killed is in the way of every other.
  if [ -f "$classes.new/pid" ] && [ ! -f "$classes.new/ended" ] && read -r maker <"$classes.new/pid" &&
    ! kill -0 "$maker" 2>/dev/null; then
    espalier_tool rm -rf "$classes.new"
  fi
  if espalier_tool mkdir "$classes.new" 2>/dev/null; then
    (
      PATH=${PATH:+$PATH:}/usr/bin:/bin
      command -v nice >/dev/null && nice='nice -n 19'
      (espalier_become_java "-XX:AOTCacheOutput=$classes.new/classes.aot" -jar "$espalier_jar" doctor --blas openblas) &&
        mv "$classes.new/classes.aot" "$classes"
      : >"$classes.new/ended"
    ) </dev/null >"$classes.new/log" 2>&1 &
    { echo $! >"$classes.new/pid"; } 2>/dev/null
  fi
  set -- ${ESPALIER_JAVA_OPTS:-} "$@"
fi
espalier_become_java "$@"
