package org.espalier.ssui.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.espalier.core.InputException;
import org.espalier.core.Question;
import org.espalier.core.ReasoningPath;
import org.espalier.core.Risk;
import org.espalier.core.SsuiSample;
import org.espalier.core.file.Json;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class SampleLicencesTest {
    private static final Path FILE = Path.of("ssui.jsonl");

    @Test
    void dataThatMayNotBeTrainedOnAreRefusedWithTheirLicence() {
        List<SsuiSample> samples = List.of(
                sample("{}"),
                sample("{\"picture\":{\"licence\":{\"name\":\"test only\",\"url\":\"\",\"training\":\"forbidden\"}}}"),
                sample("{\"licence\":{\"name\":\"house rules\",\"url\":\"\",\"training\":\"forbidden\"}}"));

        assertThat(SampleLicences.forbidding(samples))
                .containsEntry("test only", 1)
                .containsEntry("house rules", 1);
        assertThatThrownBy(() -> SampleLicences.refuse(FILE, samples))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("2 of 3 samples of ssui.jsonl")
                .hasMessageContaining("test only")
                .hasMessageContaining("--allow-licence");
    }

    @Test
    void allOtherDataAreNot() {
        List<SsuiSample> samples = List.of(
                sample("{\"source\":\"greenhouse\"}"),
                sample("{\"licence\":\"a word\"}"),
                sample("{\"picture\":{\"licence\":{\"name\":\"CC0-1.0\",\"url\":\"\",\"training\":\"allowed\"}}}"));

        assertThatCode(() -> SampleLicences.refuse(FILE, samples)).doesNotThrowAnyException();
    }

    private static SsuiSample sample(String provenance) {
        ObjectNode fields = Json.object();
        fields.set("provenance", Json.parse(provenance));
        return new SsuiSample(
                "a",
                "a.png",
                new Question("a", Path.of("a.png"), "q"),
                new ReasoningPath(List.of("s")),
                "s",
                Risk.SAFE,
                "c",
                fields);
    }
}
