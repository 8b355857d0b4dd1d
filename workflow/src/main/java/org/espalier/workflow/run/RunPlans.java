package org.espalier.workflow.run;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.espalier.core.SsuiSample;
import org.espalier.core.file.RunPlan;
import org.espalier.core.file.Sha256;
import org.espalier.core.text.Counted;
import org.espalier.ssui.foreign.QuestionFile;
import org.espalier.tensor.Blas;
import org.espalier.tensor.Device;
import org.espalier.tensor.Libtorch;
import org.espalier.tensor.PlacementChoice;

/** Plans of runs, as far as they are alike. */
public final class RunPlans {
    private RunPlans() {}

    /** Starts the plan of a run with the versions at work. */
    public static RunPlan.Builder of(String verb) {
        String version = RunPlans.class.getPackage().getImplementationVersion();
        return RunPlan.of(verb)
                .version("espalier", version == null ? "unpackaged" : version)
                .version("java", Runtime.version().toString());
    }

    /** The same for a run that computes with libtorch, on the processor. */
    public static RunPlan.Builder computing(String verb) {
        return computing(verb, PlacementChoice.USUAL);
    }

    /** The same for a run that computes with libtorch. A type that was chosen is a setting, since it changes results. */
    public static RunPlan.Builder computing(String verb, PlacementChoice placement) {
        Libtorch library = Libtorch.load();
        RunPlan.Builder plan = of(verb).version("libtorch", library.version())
                .version("blas", library.blas())
                .device(device(placement));
        if (placement.type().isPresent()) {
            plan.setting("dtype", placement.typeName(), "the choice of a type");
        }
        return plan;
    }

    /** The part of this machine that computes, in words; its results repeat on an equal one. */
    public static String device(PlacementChoice placement) {
        Libtorch library = Libtorch.load();
        Device device = placement.device();
        return device.equals(Device.CPU)
                ? "CPU (" + System.getProperty("os.arch") + ", " + library.instructions() + ", "
                        + Counted.of(library.threads(), "thread") + (Blas.chosen() == Blas.MKL ? ", MKL)" : ")")
                : device.name();
    }

    /** Adds a data file and the pictures that it names; of Parquet the lines that it was unpacked to, which others read. */
    public static void data(RunPlan.Builder plan, Path given, List<SsuiSample> samples) {
        Path file = QuestionFile.lines(given);
        plan.input("data", file);
        if (!file.equals(given)) {
            plan.input("parquet", given);
        }
        Stream<Path> pictures =
                samples.stream().map(sample -> sample.question().image()).distinct();
        Path folder = file.toAbsolutePath().getParent();
        plan.input("pictures", folder == null ? file : folder, Sha256.of(pictures));
    }
}
