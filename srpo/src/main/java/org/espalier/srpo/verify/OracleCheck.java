package org.espalier.srpo.verify;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.espalier.core.InputException;
import org.espalier.core.Progress;
import org.espalier.model.LoadedModel;
import org.espalier.model.ModelFolder;
import org.espalier.model.family.PictureInput;
import org.espalier.model.family.VisionLanguageModel;
import org.espalier.model.lora.Adapter;
import org.espalier.model.lora.AdapterFiles;
import org.espalier.tensor.Device;
import org.espalier.tensor.Placement;
import org.espalier.tensor.SafetensorsFile;

/**
 * Compares everything that a folder of reference values holds: pictures, forward pass, losses and gradients in
 * pairwise and in tree mode, optimizer steps. The layout of the folder is told in {@code fixtures/README.md}.
 */
public final class OracleCheck {
    private OracleCheck() {}

    /**
     * Compares the model on the processor, in the type in which it is stored.
     *
     * @throws InputException if a file is missing or broken, so that nothing can be compared
     */
    public static OracleReport check(Path folder, Progress progress) {
        ModelFolder files = ModelFolder.open(folder);
        return check(files, files.stored(Device.CPU), progress);
    }

    /** Compares the model elsewhere, or in another type. */
    public static OracleReport check(Path folder, Placement placement, Progress progress) {
        return check(ModelFolder.open(folder), placement, progress);
    }

    private static OracleReport check(ModelFolder files, Placement placement, Progress progress) {
        Path folder = files.path();
        try (SafetensorsFile file = SafetensorsFile.open(folder.resolve("expected.safetensors"));
                LoadedModel loaded = LoadedModel.open(files, placement);
                Adapter adapter = AdapterFiles.read(
                        folder.resolve("adapter"), files.config().text(), placement)) {
            Expected expected = new Expected(file, loaded.placement());
            VisionLanguageModel model = loaded.model();
            progress.at("verify", 0, 3, "pictures");
            TreeMap<Integer, PictureInput> pictures = new PictureCheck(expected, files).check(folder);
            progress.at("verify", 1, 3, "forward pass");
            new ForwardCheck(expected, model, pictures).check();
            progress.at("verify", 2, 3, "losses and gradients");
            new ObjectiveCheck(expected, model, adapter, OracleTree.read(folder, model, pictures)).check();
            progress.at("verify", 3, 3, "");
            return expected.report();
        }
    }

    /** The pictures {@code image_N.png} of a folder, by number. */
    static SortedMap<Integer, Path> images(Path folder) {
        SortedMap<Integer, Path> images = new TreeMap<>();
        try (java.util.stream.Stream<Path> files = Files.list(folder)) {
            List<Path> found = files.toList();
            for (Path file : found) {
                String name = file.getFileName().toString();
                if (name.matches("image_\\d{1,6}\\.\\w+")) {
                    images.put(Integer.parseInt(name.substring(6, name.indexOf('.'))), file);
                }
            }
        } catch (IOException e) {
            throw new InputException(folder + " cannot be listed: it should hold reference values and a model.", e);
        }
        return images;
    }
}
