package org.espalier.verify;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.espalier.core.InputException;
import org.espalier.core.Progress;
import org.espalier.model.LoadedModel;
import org.espalier.model.ModelFolder;
import org.espalier.model.lora.Adapter;
import org.espalier.model.lora.AdapterFiles;
import org.espalier.tensor.Device;
import org.espalier.tensor.Dtype;
import org.espalier.tensor.Placement;

/**
 * Compares everything that a folder of reference values holds: pictures, forward pass, losses and gradients pairwise and
 * as a tree, optimizer steps. Whatever type the weights are stored in, all is computed in float64, where a right model
 * differs from the published code by next to nothing ({@link Tolerance}); the same in float32 is computed beside it, to tell
 * what rounding does on this device. The layout of the folder is told in {@code fixtures/README.md}.
 */
public final class OracleCheck {
    private final ModelFolder model;
    private final OracleFile file;
    private final PictureValues pictures;

    OracleCheck(ModelFolder model, OracleFile file) {
        this.model = model;
        this.file = file;
        this.pictures = PictureValues.of(model);
    }

    /**
     * Compares.
     *
     * @param folder of a model of any family that is known, with its reference values
     * @throws InputException if a file is missing or broken, so that nothing can be compared
     */
    public static OracleReport check(Path folder, Device device, Progress progress) {
        ModelFolder model = ModelFolder.open(folder);
        try (OracleFile file = OracleFile.open(folder)) {
            return compute(model, file, device, progress).compare(file);
        }
    }

    /**
     * What a model computes.
     *
     * @param exact in float64
     * @param single the same in float32
     * @param given keys of the file that this needed
     */
    record Computed(List<ComputedValue> exact, List<ComputedValue> single, Set<String> given) {
        OracleReport compare(OracleFile file) {
            return new Comparison(file, exact, single).report(given);
        }
    }

    static Computed compute(ModelFolder model, OracleFile file, Device device, Progress progress) {
        progress.at("verify", 0, 4, "pictures");
        OracleCheck check = new OracleCheck(model, file);
        List<ComputedValue> exact = check.values(new Placement(device, Dtype.F64), 0, progress);
        List<ComputedValue> single = check.values(new Placement(device, Dtype.F32), 2, progress);
        progress.at("verify", 4, 4, "");
        return new Computed(exact, single, file.given());
    }

    /**
     * What the model computes in one placement.
     *
     * @param done parts of the work before it, of four
     */
    List<ComputedValue> values(Placement placement, int done, Progress progress) {
        String type = placement.type() == Dtype.F64 ? "float64" : "float32";
        try (LoadedModel loaded = LoadedModel.open(model, placement);
                Adapter adapter = AdapterFiles.read(model.path().resolve("adapter"), loaded.config(), placement)) {
            ComputedValues values = new ComputedValues(placement);
            pictures.addTo(values);
            progress.at("verify", done, 4, "forward pass in " + type);
            List<OracleCase> cases = OracleCase.all(file, loaded.config().text().vocabulary(), pictures.pictures());
            new ForwardValues(file, loaded.model(), pictures.pictures(), cases, values).add();
            progress.at("verify", done + 1, 4, "losses and gradients in " + type);
            OracleTree tree = OracleTree.read(model.path(), loaded.config(), pictures.pictures(), cases);
            new ObjectiveValues(file, loaded.model(), adapter, tree, values).add();
            return values.all();
        }
    }
}
