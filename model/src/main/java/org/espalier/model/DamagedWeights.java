package org.espalier.model;

import java.nio.file.Path;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.espalier.tensor.Checkpoint;
import org.espalier.tensor.Placement;
import org.espalier.tensor.SafetensorsFile;
import org.espalier.tensor.TensorSource;

/** Looks for a weight that is no number, where a model gives none: it reads every file, and is asked only then. */
public final class DamagedWeights {
    private DamagedWeights() {}

    /** In a clause: the first tensor of a checkpoint that holds NaN or an infinity, with its folder. */
    public static Optional<String> of(Path folder) {
        try (Checkpoint checkpoint = Checkpoint.open(folder)) {
            return first(checkpoint, folder);
        }
    }

    /** In a clause: the first such tensor of a file. */
    public static Optional<String> ofFile(Path file) {
        try (SafetensorsFile opened = SafetensorsFile.open(file)) {
            return first(opened, file);
        }
    }

    private static Optional<String> first(TensorSource source, Path place) {
        for (String name : source.names()) {
            if (source.info(name).dtype().isComputed() && !isSound(source, name)) {
                return Optional.of("the tensor " + name + " in " + place + " holds NaN or infinite numbers");
            }
        }
        return Optional.empty();
    }

    private static boolean isSound(TensorSource source, String name) {
        try (PointerScope scope = new PointerScope()) {
            return Placement.CPU.truth(
                    Placement.CPU.stored(source, name).isfinite().all());
        }
    }
}
