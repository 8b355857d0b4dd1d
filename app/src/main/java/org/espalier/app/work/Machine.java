package org.espalier.app.work;

import org.espalier.core.file.RunPlan;
import org.espalier.core.text.Counted;
import org.espalier.tensor.Libtorch;

/** What a run is computed with. */
final class Machine {
    private Machine() {}

    /** Begins the plan of a run with the versions at work. */
    static RunPlan.Builder plan(String verb) {
        String version = Machine.class.getPackage().getImplementationVersion();
        return RunPlan.of(verb)
                .version("espalier", version == null ? "unpackaged" : version)
                .version("java", Runtime.version().toString());
    }

    /** The same for a run that computes with libtorch. */
    static RunPlan.Builder computing(String verb) {
        Libtorch library = Libtorch.load();
        return plan(verb)
                .version("libtorch", library.version())
                .device("CPU (" + System.getProperty("os.arch") + ", " + library.instructions() + ", "
                        + Counted.of(library.threads(), "thread") + ")");
    }
}
