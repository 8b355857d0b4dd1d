package org.espalier.cluster;

import java.io.File;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.espalier.core.InputException;

/**
 * What Spark is told.
 *
 * @param values its properties by their names
 */
public record SparkSettings(ClusterAddress address, SortedMap<String, String> values) {
    /** Of Spark's own heap in an executor; a model's memory is beside it. */
    private static final String HEAP = "1g";
    /** Of a task, which one lost executor after the other may take with it. */
    private static final int FAILURES = 8;

    /** What a run may ask for. */
    private static final String PREFIX = "spark.";

    public SparkSettings {
        values = new TreeMap<>(values);
    }

    /**
     * What a run wants.
     *
     * @param name of the run, for Spark's pages
     * @param gpu whether each executor computes on a GPU of its own
     * @param java options of executors that this process has too
     * @param own properties that the user gives, which win
     */
    public record Wishes(String name, boolean gpu, List<String> java, Map<String, String> own) {
        public Wishes {
            java = List.copyOf(java);
            own = Map.copyOf(own);
            own.keySet().stream()
                    .filter(key -> !key.startsWith(PREFIX))
                    .findFirst()
                    .ifPresent(key -> {
                        throw new InputException(
                                "--spark-conf " + key + " is no property of Spark: they begin with " + PREFIX);
                    });
        }
    }

    /**
     * The settings of a run.
     *
     * @param environment of this process; what libtorch reads of it is handed on
     */
    public static SparkSettings of(
            ClusterAddress address,
            SparkHome home,
            List<String> classPath,
            Wishes wishes,
            Map<String, String> environment) {
        SortedMap<String, String> values = new TreeMap<>();
        values.put("spark.app.name", wishes.name());
        values.put("spark.master", address.master());
        values.put("spark.ui.enabled", "false");
        values.put("spark.task.maxFailures", String.valueOf(FAILURES));
        // One group at a time in a process: it has one model, and all threads that the run was started with.
        values.put("spark.executor.cores", "1");
        values.put("spark.executor.memory", HEAP);
        values.put("spark.executor.extraJavaOptions", String.join(" ", wishes.java()));
        values.put("spark.executor.extraClassPath", String.join(File.pathSeparator, classPath));
        LIBTORCH.forEach(name -> Optional.ofNullable(environment.get(name))
                .ifPresent(value -> values.put("spark.executorEnv." + name, value)));
        switch (address) {
            case ClusterAddress.Local local -> local(local, values);
            case ClusterAddress.Standalone _ -> {}
            case ClusterAddress.Kubernetes _ -> kubernetes(values);
        }
        if (wishes.gpu()) {
            gpu(address, home, values);
        }
        values.putAll(wishes.own());
        return new SparkSettings(address, values);
    }

    /** What libtorch reads when it is loaded. */
    private static final List<String> LIBTORCH = List.of(
            "OMP_WAIT_POLICY",
            "OPENBLAS_CORETYPE",
            "THP_MEM_ALLOC_ENABLE",
            "MALLOC_MMAP_THRESHOLD_",
            "MALLOC_TRIM_THRESHOLD_",
            "MALLOC_TOP_PAD_");

    private static void local(ClusterAddress.Local local, SortedMap<String, String> values) {
        values.put("spark.driver.host", "127.0.0.1");
        values.put("spark.driver.bindAddress", "127.0.0.1");
        values.put("spark.executor.memory", local.mebibytes() + "m");
    }

    /** Pods take the image and the volume that the user names; what is here is as Spark's documentation has it. */
    private static void kubernetes(SortedMap<String, String> values) {
        values.put("spark.kubernetes.container.image", "espalier-spark");
        values.put("spark.kubernetes.executor.volumes.persistentVolumeClaim.runs.mount.path", "/runs");
        values.put("spark.kubernetes.executor.volumes.persistentVolumeClaim.runs.options.claimName", "runs");
        values.put("spark.executor.instances", "2");
    }

    private static void gpu(ClusterAddress address, SparkHome home, SortedMap<String, String> values) {
        values.put("spark.executor.resource.gpu.amount", "1");
        values.put("spark.task.resource.gpu.amount", "1");
        values.put(
                "spark.executor.resource.gpu.discoveryScript", home.gpuScript().toString());
        if (address instanceof ClusterAddress.Kubernetes) {
            values.put("spark.executor.resource.gpu.vendor", "nvidia.com");
        }
    }

    /** As a file of Spark's properties. */
    public String text() {
        return values.entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining("\n", "", "\n"));
    }
}
