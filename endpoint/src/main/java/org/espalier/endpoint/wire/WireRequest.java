package org.espalier.endpoint.wire;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.espalier.core.Sampling;
import org.espalier.core.Turn;
import org.espalier.core.file.Json;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is asked, in no dialect yet.
 *
 * @param pictures those of the conversation, by file
 */
public record WireRequest(
        List<Turn> conversation, Map<Path, EncodedPicture> pictures, Sampling sampling, Optional<AnswerSchema> shape) {
    /** Letters that a token stands for, cautiously. */
    private static final int LETTERS = 3;

    private static final int PICTURE_TOKENS = 1600;

    public WireRequest {
        conversation = List.copyOf(conversation);
        pictures = Map.copyOf(pictures);
    }

    public EncodedPicture picture(Path file) {
        return Optional.ofNullable(pictures.get(file)).orElseThrow();
    }

    /** Whether the conversation ends with the beginning of the answer. */
    public boolean prefilled() {
        return conversation.getLast().role() == Turn.Role.ASSISTANT;
    }

    /**
     * The same bytes for the same question, whatever the provider and the client's version; pictures as their hashes.
     */
    public byte[] canonical() {
        ObjectNode request = Json.object();
        ArrayNode turns = request.putArray("turns");
        for (Turn turn : conversation) {
            ObjectNode said = turns.addObject().put("role", turn.role().name());
            if (!turn.images().isEmpty()) {
                said.set(
                        "pictures",
                        Json.tree(turn.images().stream()
                                .map(file -> picture(file).content())
                                .toList()));
            }
            said.put("text", turn.text());
            if (turn.textFirst()) {
                said.put("text_first", true);
            }
        }
        ObjectNode chosen = (ObjectNode) Json.tree(sampling);
        if (sampling.minP() == 0) {
            // Answers that were kept before there was such a setting are still found.
            chosen.remove("min_p");
        }
        request.set("sampling", chosen);
        shape.ifPresent(wanted -> request.set("shape", wanted.schema()));
        return Json.line(request).getBytes(StandardCharsets.UTF_8);
    }

    /** Tokens that go in, estimated from above. */
    public long estimatedInput() {
        long letters =
                conversation.stream().mapToLong(turn -> turn.text().length()).sum();
        return letters / LETTERS + 16L * conversation.size() + (long) PICTURE_TOKENS * images();
    }

    private long images() {
        return conversation.stream().mapToLong(turn -> turn.images().size()).sum();
    }
}
