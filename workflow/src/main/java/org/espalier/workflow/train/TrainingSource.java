package org.espalier.workflow.train;

import java.nio.file.Path;
import java.util.Optional;
import org.espalier.core.InputException;
import org.espalier.ssui.foreign.ExampleFile;
import org.espalier.workflow.explore.ExploredRun;

/** What is trained on. */
public sealed interface TrainingSource {
    /**
     * Trees of an exploration.
     *
     * @param folder of the exploration
     * @param data the explored file; empty where the exploration found it
     */
    record Explored(Path folder, Optional<Path> data) implements TrainingSource {
        @Override
        public TrainingMaterial read(boolean anyLicence) {
            ExploredRun run = ExploredRun.of(folder, data, anyLicence);
            return new TrainingMaterial.Trees(run, run.read());
        }

        @Override
        public Path place() {
            return folder;
        }
    }

    /** Supervised or preference data of TRL, LLaMA-Factory or ms-swift, without any exploration. */
    record Examples(Path file) implements TrainingSource {
        @Override
        public TrainingMaterial read(boolean anyLicence) {
            ExampleFile read = ExampleFile.read(file);
            if (read.forbidden() > 0 && !anyLicence) {
                throw new InputException("the terms of " + read.forbidden() + " of "
                        + read.examples().size()
                        + " examples of " + file
                        + " forbid training: leave them out, or say --allow-licence if you have"
                        + " the right from elsewhere");
            }
            return TrainingMaterial.Examples.of(file, read);
        }

        @Override
        public Path place() {
            return file;
        }
    }

    /**
     * Reads it.
     *
     * @param anyLicence whether data whose terms forbid training are taken too
     * @throws InputException if it cannot be read, or may not be trained on
     */
    TrainingMaterial read(boolean anyLicence);

    /** As people named it. */
    Path place();
}
