package org.espalier.greenhouse.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.espalier.core.InputException;
import org.espalier.core.file.AtomicFile;
import org.espalier.core.file.Json;
import org.espalier.greenhouse.internal.picture.Drawing;
import org.espalier.greenhouse.world.Pair;
import org.espalier.greenhouse.world.World;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code greenhouse.json} beside a base model: what was held out when it was grown. */
public final class SplitFile {
    /** Its name inside a checkpoint folder. */
    public static final String NAME = "greenhouse.json";

    private SplitFile() {}

    public static void write(Split split, Path checkpoint) {
        ObjectNode root = Json.object();
        root.put("split_seed", split.seed());
        ArrayNode pairs = root.putArray("held_out_pairs");
        split.heldOutPairs().stream().map(Pair::key).sorted().forEach(pairs::add);
        ArrayNode drawings = root.putArray("held_out_drawings");
        split.heldOutDrawings().stream().map(Drawing::key).sorted().forEach(drawings::add);
        AtomicFile.write(checkpoint.resolve(NAME), Json.page(root));
    }

    public static Split read(World world, Path checkpoint) {
        Path file = checkpoint.resolve(NAME);
        if (!Files.isRegularFile(file)) {
            throw new InputException(file + " does not exist: it says what the base model has not seen. Use a folder"
                    + " that `espalier greenhouse grow` made");
        }
        try {
            JsonNode root = Json.parse(Files.readString(file));
            return new Split(
                    root.required("split_seed").asLong(),
                    all(root, "held_out_pairs", file, key -> pair(world, key)),
                    all(root, "held_out_drawings", file, key -> drawing(world, key)));
        } catch (IOException | JacksonException e) {
            throw new InputException(file + " cannot be read as a greenhouse split: " + e.getMessage(), e);
        }
    }

    private static <T> Set<T> all(JsonNode root, String field, Path file, Function<String, Optional<T>> known) {
        Set<T> all = new LinkedHashSet<>();
        for (JsonNode key : root.required(field)) {
            all.add(known.apply(key.asString())
                    .orElseThrow(() -> new InputException(file + " names \"" + key.asString() + "\" in " + field
                            + ", which this version's world does not have")));
        }
        return all;
    }

    private static Optional<Pair> pair(World world, String key) {
        String[] names = key.split("\\+", -1);
        return names.length != 2
                ? Optional.empty()
                : world.thing(names[0]).flatMap(a -> world.thing(names[1]).map(b -> Pair.of(a, b)));
    }

    private static Optional<Drawing> drawing(World world, String key) {
        String[] names = key.split("/", -1);
        if (names.length != 2) {
            return Optional.empty();
        }
        return world.thing(names[0]).stream()
                .flatMap(thing -> Drawing.of(thing).stream())
                .filter(drawing -> drawing.style().key().equals(names[1]))
                .findFirst();
    }
}
