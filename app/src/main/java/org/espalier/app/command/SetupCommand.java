package org.espalier.app.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.espalier.app.console.Console;
import org.espalier.cluster.OwnClassPath;
import org.espalier.cluster.SparkHome;
import org.espalier.cluster.SparkLayout;
import org.espalier.core.InputException;
import org.espalier.core.SurroundingsException;
import org.espalier.core.text.Counted;
import org.espalier.tensor.CudaFacts;
import org.espalier.tensor.CudaLibraries;
import org.espalier.workflow.setup.NativePart;
import org.espalier.workflow.setup.NativeSetup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code espalier setup}. */
@Command(name = "setup", description = "Brings optional parts that do not come with Espalier.")
final class SetupCommand implements Verb, Resumable {
    @Option(
            names = "--cuda",
            description = "Fetch libtorch's CUDA build and, of CUDA's own libraries, those that are not found on this"
                    + " machine into the cache, for --device cuda: up to 2.2 GB.")
    private boolean cuda;

    @Option(
            names = "--mkl",
            description =
                    "Fetch MKL, which multiplies faster than OpenBLAS on some processors: 160 MB. 'doctor' compares"
                            + " them then.")
    private boolean mkl;

    @Option(
            names = "--spark",
            description =
                    "Lay out Apache Spark and Espalier in one folder, for --on: what every machine of a cluster needs.")
    private boolean spark;

    @GoesWith("--spark")
    @Option(names = "--kubernetes", description = "With Spark's part for Kubernetes.")
    private boolean kubernetes;

    @GoesWith("--spark")
    @Option(
            names = "--to",
            paramLabel = "DIR",
            description = "Spark's folder (default: ESPALIER_SPARK, or a folder of the cache).")
    private Optional<Path> to = Optional.empty();

    @Option(
            names = "--mirror",
            paramLabel = "PLACE=MIRROR",
            description = "Fetch what addresses that begin with PLACE name from MIRROR, as in"
                    + " https://parts.example=https://mirror.local/parts; may be given several times. Hashes stay"
                    + " the same.")
    private Map<String, String> mirrors = Map.of();

    @GoesWith({"--cuda", "--mkl"})
    @Option(names = "--dry-run", description = "List what --cuda or --mkl would fetch, and fetch nothing.")
    private boolean dryRun;

    @Override
    public int run(Console console) throws InterruptedException {
        if (Stream.of(cuda, mkl, spark).filter(wanted -> wanted).count() != 1) {
            throw new InputException("name one thing that is to be brought: --cuda, --mkl or --spark");
        }
        if (spark && !mirrors.isEmpty()) {
            throw new InputException("--mirror is for --cuda and --mkl: Spark comes through Maven, whose settings.xml"
                    + " names mirrors");
        }
        if (cuda) {
            bringCuda(console);
        } else if (mkl) {
            bringMkl(console);
        } else {
            bringSpark(console);
        }
        return ExitCode.DONE.number();
    }

    private void bringSpark(Console console) throws InterruptedException {
        SparkHome home = ClusterOptions.home(to);
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        new SparkLayout(home, kubernetes).run(OwnClassPath.entries(), path, console::say);
        console.say("Spark " + SparkHome.VERSION + " and Espalier are in " + home.folder()
                + ": have that folder, the model and the data at the same places on every machine.");
    }

    private void bringCuda(Console console) {
        CudaFacts facts = CudaFacts.here();
        if (!facts.fits()) {
            throw new SurroundingsException(
                    "nothing is fetched: " + facts.obstacle(0).orElse("there is no CUDA build for this machine"));
        }
        NativeSetup setup = new NativeSetup(
                NativeSetup.folder(Place.cache()),
                NativePart.shelf().from(mirrors).cuda(),
                Set.copyOf(CudaLibraries.ofTheSystem().missing()));
        if (!fetched(console, setup, "libtorch " + NativePart.TORCH + " for CUDA 13")) {
            return;
        }
        CudaFacts then = new CudaFacts(true, true, List.of(), facts.driver());
        console.say(then.obstacle(0)
                .map(why -> "It is there; what is in the way still: " + why + ".")
                .orElseGet(() ->
                        "Next: --device cuda, on the " + then.cards().getFirst().name() + "."));
    }

    private void bringMkl(Console console) {
        if (!CudaFacts.here().fits()) {
            throw new SurroundingsException("nothing is fetched: MKL is for Linux on x86-64 alone");
        }
        NativeSetup setup = new NativeSetup(
                Place.cache().resolve("mkl-" + NativePart.MKL),
                NativePart.shelf().from(mirrors).mkl(),
                Set.of());
        if (fetched(console, setup, "MKL " + NativePart.MKL)) {
            console.say("Next: espalier doctor, which compares it with OpenBLAS here and has the faster one taken.");
        }
    }

    /** Whether it was fetched, and not only listed. */
    private boolean fetched(Console console, NativeSetup setup, String title) {
        NativeSetup.Plan plan = setup.plan();
        console.say((plan.files().isEmpty()
                        ? "All of it is here: "
                        : (dryRun ? "Would fetch " : "Fetching ")
                                + Counted.of(plan.files().size(), "file") + ", "
                                + CostText.size(plan.bytes()) + ", of which " + CostText.size(plan.here())
                                + " are here, and unpacked up to " + CostText.size(plan.disk()) + " of disk: ")
                + title + ", in " + setup.folder() + ".");
        if (dryRun) {
            plan.files()
                    .forEach(file -> console.say("  %12s  %s".formatted(CostText.size(file.bytes()), file.address())));
        } else {
            setup.run(console.progress());
        }
        return !dryRun;
    }
}
