package org.espalier.ssui.review;

import java.util.ArrayList;
import java.util.List;
import org.espalier.core.InputException;
import org.espalier.core.Labelled;
import org.espalier.core.Risk;
import org.espalier.core.file.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An SSUI sample before or under revision: a line of {@code ssui.jsonl}, with its picture below the folder of pictures
 * that the run names.
 *
 * @param image path of the picture with forward slashes
 * @param tag what the agents wrote besides, their changes among it
 * @param provenance where each field comes from
 */
public record Draft(
        String id,
        String image,
        String query,
        List<String> steps,
        String answer,
        Risk risk,
        String category,
        ObjectNode tag,
        ObjectNode provenance) {

    /** @throws InputException if a field that every sample has is empty */
    public Draft {
        if (id.isBlank() || id.chars().anyMatch(Character::isISOControl)) {
            throw new InputException("a draft's id is empty or holds a control character");
        }
        try {
            DraftText checked = new DraftText(query, steps, answer, risk, category);
            query = checked.query();
            steps = checked.steps();
            answer = checked.answer();
            category = checked.category();
        } catch (InputException e) {
            throw new InputException("draft \"" + id + "\": " + e.getMessage());
        }
    }

    /** The part that people revise. */
    public DraftText wording() {
        return new DraftText(query, steps, answer, risk, category);
    }

    /** The same draft in other words. */
    public Draft with(DraftText wording) {
        return new Draft(
                id,
                image,
                wording.query(),
                wording.steps(),
                wording.answer(),
                wording.risk(),
                wording.category(),
                tag,
                provenance);
    }

    /** The same draft with more said about it. */
    public Draft with(ObjectNode said, ObjectNode origin) {
        return new Draft(id, image, query, steps, answer, risk, category, said, origin);
    }

    /** As a line of {@code ssui.jsonl}. */
    public ObjectNode json() {
        return (ObjectNode) Json.tree(this);
    }

    /** Reads back what {@link #json()} gives; for lines from elsewhere there is {@code SsuiFile}. */
    public static Draft of(JsonNode line) {
        List<String> steps = new ArrayList<>();
        line.path("steps").forEach(step -> steps.add(step.asString()));
        return new Draft(
                line.path("id").asString(),
                line.path("image").asString(),
                line.path("query").asString(),
                steps,
                line.path("answer").asString(),
                line.has("risk")
                        ? Labelled.find(Risk.class, line.path("risk").asString())
                                .orElseThrow()
                        : Risk.UNSAFE,
                line.path("category").asString(),
                line.path("tag") instanceof ObjectNode tag ? tag : Json.object(),
                line.path("provenance") instanceof ObjectNode provenance ? provenance : Json.object());
    }
}
