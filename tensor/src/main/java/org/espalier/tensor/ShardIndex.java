package org.espalier.tensor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.espalier.core.InputException;
import org.espalier.core.file.FileTrouble;
import org.espalier.core.file.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads the index of a sharded checkpoint. */
final class ShardIndex {
    private ShardIndex() {}

    /** Names of tensors with the plain name of the file beside the index that holds each, in the index's order. */
    static Map<String, String> read(Path index) {
        if (!(parse(index).get("weight_map") instanceof ObjectNode map) || map.isEmpty()) {
            throw new InputException(index + " has no weight_map with tensors in it: get the file again");
        }
        Map<String, String> shards = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : map.properties()) {
            JsonNode value = field.getValue();
            if (!value.isString() || !isPlain(value.stringValue())) {
                throw new InputException(index + " puts the tensor " + SafetensorsHeader.quoted(field.getKey())
                        + " into " + SafetensorsHeader.quoted(value.toString())
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

    private static JsonNode parse(Path index) {
        try {
            if (Files.size(index) > SafetensorsFile.LONGEST_HEADER) {
                throw new InputException(index + " is longer than " + SafetensorsFile.LONGEST_HEADER
                        + " bytes: this is not the index of a checkpoint");
            }
            return Json.parse(Files.readString(index));
        } catch (IOException e) {
            throw FileTrouble.reading(index, e);
        } catch (JacksonException e) {
            throw new InputException(index + " " + Json.complaint(e), e);
        }
    }
}
