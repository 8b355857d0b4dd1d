package org.espalier.app.work;

import java.nio.file.Path;
import java.util.function.Supplier;
import org.espalier.core.file.RunFolder;
import org.espalier.core.file.RunPlan;

/** Where a run is to go, looked at without touching it. */
final class Destination {
    private Destination() {}

    /**
     * Says what a run would find in its folder.
     *
     * @param plan made only where a run is there to compare it with
     * @throws org.espalier.core.InputException if the run would be refused there
     */
    static void foresee(Desk desk, Path out, Supplier<RunPlan> plan) {
        switch (RunFolder.foresee(out, plan)) {
            case NOTHING -> {}
            case BEGUN -> desk.say("  " + out + " holds this run, begun before: it would go on from there.");
            case FINISHED -> desk.say("  " + out + " holds this run, done before: nothing would be done again.");
        }
    }
}
