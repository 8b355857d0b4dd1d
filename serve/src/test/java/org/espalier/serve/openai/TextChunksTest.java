package org.espalier.serve.openai;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.espalier.core.file.Json;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextChunksTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"", "plain", " \"quoted\"\\n", "line\nend\t\u0001", "\u6F22 \uD83D\uDC36", "\"content\":\"\""})
    void areThePiecesOfAnAnswerWordForWord(String text) {
        ChatAnswer answer = new ChatAnswer("id", 5, "named \"content\":\"\"", true);

        String event = new String(answer.pieces(3).event(text), StandardCharsets.UTF_8);

        assertThat(event).isEqualTo("data: " + Json.line(answer.piece(3, text, Optional.empty())) + "\n\n");
    }
}
