package org.espalier.app.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.espalier.core.InputException;
import org.espalier.core.text.Counted;
import org.espalier.model.ModelFolder;
import org.espalier.model.WeightInventory;
import org.espalier.model.WeightUse;
import org.espalier.model.decoder.TextShape;
import org.espalier.tensor.SafetensorsFile;

/**
 * What stands in a model's folder and what of it is used, from its headers alone: no number is read.
 *
 * @param each whether every tensor gets a line; else those that differ by a layer's number share one
 */
record InventoryText(Path folder, boolean each) {
    private static final Pattern NUMBER = Pattern.compile("(?<=\\.)\\d+(?=\\.)");
    private static final String ADAPTER = "adapter_model.safetensors";

    /**
     * The inventory, line by line.
     *
     * @throws InputException if there is no model and no adapter, or a file is broken
     */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            throw new InputException("there is no folder " + folder + ": name the folder of a model");
        }
        boolean adapterAlone = Files.exists(folder.resolve(ADAPTER)) && !Files.exists(folder.resolve("config.json"));
        if (!adapterAlone) {
            model(lines);
        }
        for (Path place : List.of(folder, folder.resolve("adapter"))) {
            if (Files.exists(place.resolve(ADAPTER))) {
                adapter(lines, place);
            }
        }
        return lines;
    }

    private void model(List<String> lines) {
        ModelFolder model = ModelFolder.open(folder);
        lines.add("family      " + model.family().name() + " (" + model.family().modelType() + ")");
        lines.add("decoder     " + text(model.config().text()));
        lines.add("vision      " + model.config().pictures());
        lines.add("positions   " + model.config().maxPositions());
        lines.add("use         " + use(model));
        tensors(lines, model.inventory());
    }

    /** What the model makes of the tensors that are there. */
    private static String use(ModelFolder model) {
        try {
            WeightUse use = WeightUse.of(model);
            if (use.unused().isEmpty() && use.missing().isEmpty()) {
                return "every tensor is the model's";
            }
            return some(use.unused(), "not used")
                    + (use.unused().isEmpty() || use.missing().isEmpty() ? "" : "; ")
                    + some(use.missing(), "missing, so that it does not open");
        } catch (InputException e) {
            return "it does not open: " + e.getMessage();
        }
    }

    private static String some(Set<String> names, String what) {
        String shown = names.stream().limit(5).collect(Collectors.joining(", "));
        return names.isEmpty()
                ? ""
                : Counted.of(names.size(), "tensor") + " " + what + ": " + shown + (names.size() > 5 ? ", …" : "");
    }

    private static String text(TextShape shape) {
        return shape.layers() + " layers, width " + shape.hidden() + ", " + shape.heads() + " heads ("
                + shape.keyValueHeads() + " for keys and values), feed-forward " + shape.feedForward()
                + ", vocabulary " + shape.vocabulary() + (shape.tied() ? ", tied head" : ", head of its own");
    }

    private void adapter(List<String> lines, Path place) {
        lines.add("");
        lines.add("adapter     " + place);
        try (SafetensorsFile file = SafetensorsFile.open(place.resolve(ADAPTER))) {
            tensors(lines, WeightInventory.of(file));
        }
    }

    private void tensors(List<String> lines, WeightInventory inventory) {
        Map<String, Integer> rows = new LinkedHashMap<>();
        inventory.tensors().forEach((name, info) -> {
            String shown = each ? name : NUMBER.matcher(name).replaceAll("N");
            rows.merge("%-5s %-16s %s".formatted(info.dtype(), info.shape(), shown), 1, Integer::sum);
        });
        lines.add("parameters  %,d in %d tensors, %s"
                .formatted(inventory.parameters(), inventory.tensors().size(), CostText.size(inventory.bytes())));
        inventory.types().forEach((type, count) -> lines.add("            %,d of them %s".formatted(count, type)));
        lines.add("");
        rows.forEach((row, count) -> lines.add((count > 1 ? "%4d × ".formatted(count) : "       ") + row));
    }
}
