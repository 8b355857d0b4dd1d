package org.espalier.endpoint.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.espalier.core.Sampling;
import org.espalier.core.Turn;
import org.junit.jupiter.api.Test;

class WireRequestTest {
    private static String canonical(Sampling sampling) {
        Turn asked = new Turn(Turn.Role.USER, List.of(), "Why?");
        return new String(
                new WireRequest(List.of(asked), Map.of(), sampling, Optional.empty()).canonical(),
                StandardCharsets.UTF_8);
    }

    /** Pinned: where this changes, every answer in every journal is paid for again. */
    @Test
    void theFormThatJournalsKeepAnswersUnderStaysTheSame() {
        assertThat(canonical(Sampling.at(0.5, 9, 3)))
                .isEqualTo(
                        "{\"turns\":[{\"role\":\"USER\",\"text\":\"Why?\"}],\"sampling\":{\"temperature\":0.5,"
                                + "\"top_p\":1.0,\"top_k\":0,\"repetition_penalty\":1.0,\"max_tokens\":9,\"stops\":[],\"seed\":3}}");
    }

    @Test
    void minPMakesAnotherQuestion() {
        assertThat(canonical(new Sampling(1, 1, 0, 1, 0.1, 9, List.of(), 3))).contains("\"min_p\":0.1");
    }
}
