package org.espalier.app.command;

import java.nio.file.Path;
import java.util.Optional;
import org.espalier.app.console.Console;
import org.espalier.cluster.OwnClassPath;
import org.espalier.cluster.SparkHome;
import org.espalier.cluster.SparkLayout;
import org.espalier.core.InputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code espalier setup}. */
@Command(name = "setup", description = "Brings optional parts that do not come with Espalier.")
final class SetupCommand implements Verb, Resumable {
    @Option(
            names = "--spark",
            description =
                    "Lay out Apache Spark and Espalier in one folder, for --on: what every machine of a cluster needs.")
    private boolean spark;

    @Option(names = "--kubernetes", description = "With Spark's part for Kubernetes.")
    private boolean kubernetes;

    @Option(
            names = "--to",
            paramLabel = "DIR",
            description = "The folder (default: ESPALIER_SPARK, or a folder of the cache).")
    private Optional<Path> to = Optional.empty();

    @Override
    public int run(Console console) throws InterruptedException {
        if (!spark) {
            throw new InputException("name what is to be brought: --spark");
        }
        SparkHome home = ClusterOptions.home(to);
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        new SparkLayout(home, kubernetes).run(OwnClassPath.entries(), path, console::say);
        console.say("Spark " + SparkHome.VERSION + " and Espalier are in " + home.folder()
                + ": have that folder, the model and the data at the same places on every machine.");
        return ExitCode.DONE.number();
    }
}
