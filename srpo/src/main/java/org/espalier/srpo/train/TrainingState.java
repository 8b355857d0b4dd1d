package org.espalier.srpo.train;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.espalier.core.InputException;
import org.espalier.model.lora.AdamW;
import org.espalier.model.lora.Parameters;
import org.espalier.tensor.SafetensorsFile;
import org.espalier.tensor.SafetensorsWriter;

/** The file that a training resumes from, written at once: parameters, optimizer, steps done. */
record TrainingState(Path file) {
    void save(Parameters parameters, AdamW optimizer) {
        try (PointerScope scope = new PointerScope()) {
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            tensors.put("parameters", parameters.flat());
            tensors.put("first_moment", optimizer.firstMoment());
            tensors.put("second_moment", optimizer.secondMoment());
            tensors.put("steps", parameters.placement().indices(new long[] {optimizer.steps()}, 1));
            SafetensorsWriter.writeChecked(file, tensors);
        }
    }

    /** Puts a saved state back; does nothing where there is none. */
    void restore(Parameters parameters, AdamW optimizer) {
        if (!Files.exists(file)) {
            return;
        }
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard();
                SafetensorsFile saved = open()) {
            saved.requireUnchanged();
            Tensor values = parameters.placement().read(saved, "parameters");
            if (values.numel() != parameters.flat().numel()) {
                throw new InputException(file + " is the state of another adapter's training (" + values.numel()
                        + " numbers, not " + parameters.flat().numel() + "): train into another folder.");
            }
            parameters.flat().copy_(values);
            optimizer.restore(
                    saved.longs("steps")[0],
                    parameters.placement().read(saved, "first_moment"),
                    parameters.placement().read(saved, "second_moment"));
        }
    }

    private SafetensorsFile open() {
        try {
            return SafetensorsFile.open(file);
        } catch (InputException e) {
            throw new InputException(e.getMessage() + ", or delete it to begin the training anew", e);
        }
    }
}
