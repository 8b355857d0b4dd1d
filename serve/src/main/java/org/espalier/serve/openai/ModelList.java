package org.espalier.serve.openai;

import java.util.List;
import org.espalier.core.file.Json;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The models of a server, by their names. */
public record ModelList(List<String> names, long created) {
    public ModelList {
        names = List.copyOf(names);
    }

    /** What {@code GET /v1/models} answers. */
    public ObjectNode json() {
        ObjectNode list = Json.object().put("object", "list");
        ArrayNode data = list.putArray("data");
        names.forEach(name -> data.add(one(name)));
        return list;
    }

    /**
     * What {@code GET /v1/models/NAME} answers.
     *
     * @throws ApiError if there is none of that name
     */
    public ObjectNode json(String name) {
        check(name);
        return one(name);
    }

    /** @throws ApiError if there is none of that name */
    public void check(String name) {
        if (!names.contains(name)) {
            throw new ApiError(
                    404,
                    "model",
                    "model_not_found",
                    "There is no model '" + (name.length() > 80 ? name.substring(0, 80) + "..." : name) + "' here: "
                            + String.join(", ", names) + (names.size() == 1 ? " is." : " are."));
        }
    }

    private ObjectNode one(String name) {
        return Json.object()
                .put("id", name)
                .put("object", "model")
                .put("created", created)
                .put("owned_by", "espalier");
    }
}
