package org.espalier.app.command;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.espalier.cluster.ClusterAddress;
import org.espalier.cluster.DriverProcess;
import org.espalier.cluster.EspalierCopy;
import org.espalier.cluster.OwnClassPath;
import org.espalier.cluster.SparkCluster;
import org.espalier.cluster.SparkHome;
import org.espalier.cluster.SparkSettings;
import org.espalier.core.work.GroupRunner;
import org.espalier.tensor.Device;
import org.espalier.tensor.PlacementChoice;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** A cluster that groups of the data are worked on by. */
final class ClusterOptions {
    @Option(
            names = "--on",
            paramLabel = "CLUSTER",
            description = "Have groups of questions or pictures worked on by Apache Spark: " + ClusterAddress.FORMS
                    + ". The same bytes as in one process ('espalier setup --spark' first).")
    private Optional<String> on = Optional.empty();

    @GoesWith("--on")
    @Option(
            names = "--spark-home",
            paramLabel = "DIR",
            description = "Where 'setup --spark' laid it out (default: ESPALIER_SPARK, or a folder of the cache).")
    private Optional<Path> home = Optional.empty();

    @GoesWith("--on")
    @Option(
            names = "--spark-conf",
            paramLabel = "NAME=VALUE",
            description = "A property of Spark's; may be given several times.")
    private Map<String, String> properties = Map.of();

    /** Where Spark is, or is to be. */
    static SparkHome home(Optional<Path> given) {
        return new SparkHome(given.or(() ->
                        Optional.ofNullable(System.getenv("ESPALIER_SPARK")).map(Path::of))
                .orElseGet(() -> Place.cache().resolve("spark-" + SparkHome.VERSION)));
    }

    private Optional<ClusterAddress> address() {
        return on.map(ClusterAddress::parse);
    }

    boolean asked() {
        return on.isPresent();
    }

    /** Whether another process has to do what is asked, one with Spark on its class path. */
    boolean elsewhere() {
        return address().isPresent() && !DriverProcess.isThis();
    }

    /** Has it done there; gives its exit code. */
    int elsewhere(CommandSpec spec) throws InterruptedException {
        return new DriverProcess(home(home), address().orElseThrow(), options(), OwnClassPath.entries())
                .run(Place.MAIN, spec.root().commandLine().getParseResult().originalArgs());
    }

    private static List<String> options() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments();
    }

    /** Does work with the cluster, if one is named. */
    <T> T with(String name, PlacementChoice placement, Consumer<String> said, Function<GroupRunner, T> work) {
        if (!asked()) {
            return work.apply(GroupRunner.HERE);
        }
        try (SparkCluster cluster = SparkCluster.connect(settings(name, placement, true), said)) {
            return work.apply(cluster);
        }
    }

    /** @param laidOut whether Espalier must lie beside Spark, for machines that are not this one */
    private SparkSettings settings(String name, PlacementChoice placement, boolean laidOut) {
        ClusterAddress address = address().orElseThrow();
        SparkHome spark = home(home);
        // The first entries are Spark's.
        List<Path> ours = OwnClassPath.entries().stream()
                .filter(entry -> !entry.startsWith(spark.jars()))
                .toList();
        boolean here = address instanceof ClusterAddress.Local;
        List<Path> theirs = here || !laidOut ? ours : new EspalierCopy(spark).entries(ours);
        return SparkSettings.of(
                address,
                spark,
                spark.classPath(theirs),
                new SparkSettings.Wishes(
                        name, !placement.device().equals(Device.CPU), DriverProcess.handedOn(options()), properties),
                System.getenv());
    }

    /** What a dry run says of it. */
    List<String> told(String name, PlacementChoice placement) {
        if (address().isEmpty()) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        lines.add("  on " + address().get().master() + ", with Spark of "
                + home(home).folder() + ":");
        settings(name, placement, false).text().lines().forEach(line -> lines.add("    " + line));
        return lines;
    }
}
