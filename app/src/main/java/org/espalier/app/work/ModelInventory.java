package org.espalier.app.work;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.espalier.core.InputException;
import org.espalier.model.decoder.TextShape;
import org.espalier.model.qwen.QwenConfig;
import org.espalier.model.qwen.VisionShape;
import org.espalier.tensor.Checkpoint;
import org.espalier.tensor.Dtype;
import org.espalier.tensor.SafetensorsFile;
import org.espalier.tensor.TensorInfo;
import org.espalier.tensor.TensorSource;

/** What stands in a model's folder, from its headers alone: no number is read. */
public final class ModelInventory {
    private static final Pattern NUMBER = Pattern.compile("(?<=\\.)\\d+(?=\\.)");
    private static final String ADAPTER = "adapter_model.safetensors";

    private final Path folder;
    private final boolean each;

    /**
     * Looks at a folder.
     *
     * @param each whether every tensor gets a line; else those that differ by a layer's number share one
     */
    public ModelInventory(Path folder, boolean each) {
        this.folder = folder;
        this.each = each;
    }

    /**
     * The inventory, line by line.
     *
     * @throws InputException if there is no model and no adapter, or a file is broken
     */
    public List<String> lines() {
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
        QwenConfig config = QwenConfig.read(folder.resolve("config.json"));
        lines.add("family      Qwen2.5-VL (" + QwenConfig.MODEL_TYPE + ")");
        lines.add("decoder     " + text(config.text()));
        lines.add("vision      " + vision(config.vision()));
        lines.add("positions   " + config.maxPositions());
        try (Checkpoint checkpoint = Checkpoint.open(folder)) {
            tensors(lines, checkpoint);
        }
    }

    private static String text(TextShape shape) {
        return shape.layers() + " layers, width " + shape.hidden() + ", " + shape.heads() + " heads ("
                + shape.keyValueHeads() + " for keys and values), feed-forward " + shape.feedForward()
                + ", vocabulary " + shape.vocabulary() + (shape.tied() ? ", tied head" : ", head of its own");
    }

    private static String vision(VisionShape shape) {
        return shape.depth() + " layers, width " + shape.hidden() + ", " + shape.heads() + " heads, patches of "
                + shape.patch() + " pixels, " + shape.merge() * shape.merge() + " patches a token, windows of "
                + shape.window() + " pixels, layers "
                + String.join(
                        ", ",
                        shape.fullLayers().stream()
                                .sorted()
                                .map(String::valueOf)
                                .toList())
                + " see everything";
    }

    private void adapter(List<String> lines, Path place) {
        lines.add("");
        lines.add("adapter     " + place);
        try (SafetensorsFile file = SafetensorsFile.open(place.resolve(ADAPTER))) {
            tensors(lines, file);
        }
    }

    private void tensors(List<String> lines, TensorSource source) {
        Map<Dtype, Long> numbers = new EnumMap<>(Dtype.class);
        Map<String, Integer> rows = new LinkedHashMap<>();
        long bytes = 0;
        for (String name : source.names()) {
            TensorInfo info = source.info(name);
            numbers.merge(info.dtype(), info.elements(), Long::sum);
            bytes += info.elements() * info.dtype().bits() / 8;
            String shown = each ? name : NUMBER.matcher(name).replaceAll("N");
            rows.merge("%-5s %-16s %s".formatted(info.dtype(), info.shape(), shown), 1, Integer::sum);
        }
        long all = numbers.values().stream().mapToLong(Long::longValue).sum();
        lines.add("parameters  %,d in %d tensors, %s"
                .formatted(all, source.names().size(), size(bytes)));
        numbers.forEach((dtype, count) -> lines.add("            %,d of them %s".formatted(count, dtype)));
        lines.add("");
        rows.forEach((row, count) -> lines.add((count > 1 ? "%4d × ".formatted(count) : "       ") + row));
    }

    /** A size as people read it. */
    public static String size(long bytes) {
        return bytes < 1L << 30
                ? String.format(Locale.ROOT, "%.1f MiB", bytes / (double) (1L << 20))
                : String.format(Locale.ROOT, "%.1f GiB", bytes / (double) (1L << 30));
    }
}
