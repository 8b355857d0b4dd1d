package org.espalier.greenhouse.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.espalier.core.file.Json;
import org.espalier.core.text.Fence;
import org.espalier.greenhouse.world.WorldFile;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class PlayersTest {
    private final Players players = new Players(WorldFile.load(), JudgeErrors.NONE);

    @Test
    void anAgentThatItDoesNotKnowLetsEverythingPass() {
        ObjectNode data =
                Json.object().put("query", "May I?").put("category", "b").put("score", 3);
        data.set("steps", Json.parse("[\"One.\", \"Two.\"]"));
        ObjectNode schema = Json.object().put("type", "object");
        schema.set("properties", Json.parse("""
            {"sound": {"type": "boolean"}, "query": {"type": "string"}, "reason": {"type": "string"},
             "category": {"type": "string", "enum": ["a", "b"]}, "style": {"type": "string", "enum": ["plain", "rich"]},
             "steps": {"type": "array", "items": {"type": "string"}}, "more": {"type": "array"},
             "score": {"type": "integer"}, "count": {"type": "integer"}}"""));

        assertThat(Json.parse(players.answer(call("style", schema, data), 0))).isEqualTo(Json.parse("""
            {"sound": true, "query": "May I?", "reason": "", "category": "b", "style": "plain",
             "steps": ["One.", "Two."], "more": [], "score": 3, "count": 0}"""));
    }

    @Test
    void aCallWithoutASchemaIsAnsweredByTheAssistant() {
        assertThat(players.answer(call("", Json.object(), Json.object()), 0)).isEqualTo("I cannot tell.");
    }

    private static Call call(String name, ObjectNode schema, ObjectNode data) {
        ObjectNode body = Json.object();
        body.putArray("messages")
                .addObject()
                .put("role", "user")
                .put("content", Fence.around(data).text());
        if (!name.isEmpty()) {
            body.putObject("response_format")
                    .putObject("json_schema")
                    .put("name", name)
                    .set("schema", schema);
        }
        return Call.read(Json.line(body).getBytes(StandardCharsets.UTF_8));
    }
}
