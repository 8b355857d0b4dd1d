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
     * @param place the folder of the exploration
     * @param data the explored file; empty where the exploration found it
     */
    record Explored(Path place, Optional<Path> data) implements TrainingSource {
        @Override
        public TrainingMaterial read(boolean anyLicence) {
            return TrainingMaterial.of(ExploredRun.of(place, data, anyLicence));
        }
    }

    /** Supervised or preference data of TRL, LLaMA-Factory or ms-swift, without any exploration. */
    record Examples(Path place) implements TrainingSource {
        @Override
        public TrainingMaterial read(boolean anyLicence) {
            ExampleFile read = ExampleFile.read(place);
            if (read.forbidden() > 0 && !anyLicence) {
                throw new InputException("the terms of " + read.forbidden() + " of "
                        + read.examples().size()
                        + " examples of " + place
                        + " forbid training: leave them out, or say --allow-licence if you have"
                        + " the right from elsewhere");
            }
            return TrainingMaterial.of(place, read);
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
