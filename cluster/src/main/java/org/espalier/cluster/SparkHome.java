package org.espalier.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.espalier.core.SurroundingsException;
import org.espalier.core.file.FileTrouble;

/**
 * Where Spark lies on this machine.
 *
 * @param folder an absolute path; the same on every machine
 */
public record SparkHome(Path folder) {
    /** The one that is compiled against. */
    public static final String VERSION = "4.2.0";

    /** Of Scala, in the names of Spark's jars. */
    public static final String SCALA = "2.13";

    private static final String CORE = "spark-core_" + SCALA + "-";
    private static final String KUBERNETES = "spark-kubernetes_" + SCALA + "-";

    public SparkHome {
        folder = folder.toAbsolutePath().normalize();
    }

    /** Where Spark looks for its jars. */
    public Path jars() {
        return folder.resolve("jars");
    }

    /** Says which GPUs a machine has, as Spark wants to hear it. */
    public Path gpuScript() {
        return folder.resolve("bin/gpus");
    }

    /** Whether Spark is there. */
    public boolean complete() {
        return has(CORE);
    }

    boolean has(String jar) {
        if (!Files.isDirectory(jars())) {
            return false;
        }
        try (Stream<Path> all = Files.list(jars())) {
            return all.anyMatch(file -> file.getFileName().toString().startsWith(jar));
        } catch (IOException e) {
            throw FileTrouble.reading(jars(), e);
        }
    }

    /** @throws SurroundingsException if Spark is not there, or not the part that is wanted */
    public void require(ClusterAddress address) {
        if (!complete()) {
            throw new SurroundingsException("Spark is not in " + folder + ": 'espalier setup --spark' brings it there");
        }
        if (address instanceof ClusterAddress.Kubernetes && !has(KUBERNETES)) {
            throw new SurroundingsException("Spark's part for Kubernetes is not in " + folder
                    + ": 'espalier setup --spark --kubernetes' brings it there");
        }
    }

    /**
     * The class path of a process that works with Spark: its jars before ours, because its Jackson wants one version of all
     * parts; but our annotations, which later ones of ours need, first.
     *
     * @param ours the entries of Espalier's class path
     */
    public List<String> classPath(List<Path> ours) {
        List<String> path = new ArrayList<>();
        ours.stream()
                .map(Path::toString)
                .filter(entry -> entry.contains("jackson-annotations"))
                .forEach(path::add);
        path.add(jars().resolve("*").toString());
        ours.stream().map(Path::toString).forEach(path::add);
        return path;
    }
}
