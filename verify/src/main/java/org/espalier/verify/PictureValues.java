package org.espalier.verify;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.espalier.core.InputException;
import org.espalier.model.ModelFolder;
import org.espalier.model.family.PictureInput;

/**
 * The processor's output for each picture of a folder: its 8-bit samples, the numbers that they become, and the sizes that
 * {@link PictureInput#sizes} of its family names.
 */
record PictureValues(SortedMap<Integer, PictureInput> pictures, ModelFolder model) {
    /** Reads the pictures {@code image_N.png}. */
    static PictureValues of(ModelFolder model) {
        SortedMap<Integer, PictureInput> pictures = new TreeMap<>();
        images(model.path()).forEach((number, file) -> pictures.put(number, model.picture(file)));
        return new PictureValues(pictures, model);
    }

    void addTo(ComputedValues values) {
        pictures.forEach((number, picture) -> {
            picture.sizes()
                    .forEach((name, sizes) ->
                            values.whole("processor.sizes", "processor." + name + "." + number, sizes));
            String key = "processor.pixel_values." + number;
            values.samples("processor.8-bit", key, model.images().samples(picture.values()), model.images());
            values.numbers("processor.pixels", key, picture.values());
        });
    }

    private static SortedMap<Integer, Path> images(Path folder) {
        SortedMap<Integer, Path> images = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
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
