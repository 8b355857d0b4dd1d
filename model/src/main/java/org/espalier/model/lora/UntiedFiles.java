package org.espalier.model.lora;

import java.nio.file.Files;
import java.nio.file.Path;
import org.espalier.core.file.AtomicFile;
import org.espalier.core.file.Json;
import org.espalier.core.file.JsonFile;
import org.espalier.tensor.Checkpoint;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What other files of a checkpoint must say when its output head is no longer its embedding. */
final class UntiedFiles {
    private static final String TIED = "tie_word_embeddings";

    private UntiedFiles() {}

    /**
     * Changes {@code config.json} and the index of shards.
     *
     * @param embedding the tensor beside which the head lies
     * @param bytes of the head
     */
    static void write(Path folder, String embedding, long bytes) {
        Path file = folder.resolve("config.json");
        if (JsonFile.read(file, "get the file again") instanceof ObjectNode config) {
            config.put(TIED, false);
            if (config.get("text_config") instanceof ObjectNode text) {
                text.put(TIED, false);
            }
            AtomicFile.write(file, Json.page(config));
        }
        Path index = folder.resolve(Checkpoint.INDEX);
        if (Files.exists(index) && JsonFile.read(index, "get the file again") instanceof ObjectNode all) {
            JsonNode shard = all.path("weight_map").path(embedding);
            if (all.get("weight_map") instanceof ObjectNode map && shard.isString()) {
                map.set(SavedModules.HEAD, shard);
            }
            if (all.get("metadata") instanceof ObjectNode metadata
                    && metadata.path("total_size").isNumber()) {
                metadata.put("total_size", metadata.path("total_size").asLong() + bytes);
            }
            AtomicFile.write(index, Json.page(all));
        }
    }
}
