package org.espalier.tensor;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.espalier.core.InputException;
import org.espalier.core.file.JsonFile;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads the index of a sharded checkpoint. */
final class ShardIndex {
    private ShardIndex() {}

    /** Names of tensors with the plain name of the file beside the index that holds each, in the index's order. */
    static Map<String, String> read(Path index) {
        if (!(JsonFile.read(index, "get the file again").get("weight_map") instanceof ObjectNode map)
                || map.isEmpty()) {
            throw new InputException(index + " has no weight_map with tensors in it: get the file again");
        }
        Map<String, String> shards = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : map.properties()) {
            JsonNode value = field.getValue();
            if (!value.isString() || !isPlain(value.stringValue())) {
                throw new InputException(index + " puts the tensor " + SafetensorsHeader.quoted(field.getKey())
                        + " into " + SafetensorsHeader.quoted(value.asString(value.toString()))
                        + ", which is not the name of a file in the same folder");
            }
            shards.put(field.getKey(), value.stringValue());
        }
        return shards;
    }

    /** Whether a name stays in the folder on every system; a link there may lead out, as in the hub's own cache. */
    private static boolean isPlain(String name) {
        return name.matches("[^/\\\\:*?\"<>|\\p{Cntrl}]+") && !name.equals(".") && !name.equals("..");
    }
}
