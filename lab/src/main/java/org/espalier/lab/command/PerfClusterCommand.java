package org.espalier.lab.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.espalier.app.command.ExitCode;
import org.espalier.app.command.Verb;
import org.espalier.app.console.Console;
import org.espalier.cluster.ClusterAddress;
import org.espalier.cluster.SparkHome;
import org.espalier.core.InputException;
import org.espalier.lab.cluster.ClusterTrial;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code espalier perf cluster}. */
@Command(
        name = "cluster",
        description =
                "Explores, asks, does a small study and an intake by one process, by Spark's local-cluster and by a standalone"
                        + " cluster, kills an executor and a worker, and compares what comes of it byte for byte."
                        + " 'setup --spark' first.")
public final class PerfClusterCommand implements Verb {
    @Option(names = "--out", required = true, paramLabel = "DIR", description = "A new folder for data and runs.")
    private Path out;

    @Option(
            names = "--spark-home",
            required = true,
            paramLabel = "DIR",
            description = "Where 'setup --spark --to DIR' laid it out.")
    private Path spark;

    @Option(names = "--questions", defaultValue = "64", description = "Explored, and as many asked; an even number.")
    private int questions;

    @Option(names = "--group", defaultValue = "8", description = "Questions worked on together.")
    private int group;

    @Mixin
    private FigureFile figureFile;

    @Override
    public int run(Console console) throws InterruptedException {
        if (questions < 2 || questions % 2 != 0 || group < 1) {
            throw new InputException("--questions is an even number from 2, --group at least 1");
        }
        if (Files.exists(out)) {
            throw new InputException(out + " is there already: name a new folder");
        }
        SparkHome home = new SparkHome(spark);
        home.require(ClusterAddress.parse("local-cluster[2,1,512]"));
        Path checkout = Path.of(System.getProperty("espalier.root", ""));
        List<ClusterTrial.Way> ways = new ClusterTrial(
                        out,
                        checkout.resolve("greenhouse/model"),
                        checkout.resolve("recipes/greenhouse.yaml"),
                        home,
                        questions,
                        group)
                .run(console.progress());
        ways.forEach(way -> console.say(
                "%-40s explored in %.0f s, asked in %.0f s, studied in %.0f s; %d killed, %d executors lost; trees %s,"
                        + " answers %s, counts %s, pool %s",
                way.name(),
                way.exploring(),
                way.asking(),
                way.studying(),
                way.killed(),
                way.lost(),
                way.trees() ? "equal" : "DIFFER",
                way.answers() ? "equal" : "DIFFER",
                way.study() ? "equal" : "DIFFER",
                way.pool() ? "equal" : "DIFFER"));
        figureFile.write(ways);
        return (ClusterTrial.sound(ways) ? ExitCode.DONE : ExitCode.NO).number();
    }
}
