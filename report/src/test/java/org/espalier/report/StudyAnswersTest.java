package org.espalier.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.espalier.report.study.CellRuns;
import org.espalier.report.study.StudyCell;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Two rows that were asked twelve questions, twins side by side. */
class StudyAnswersTest {
    @TempDir
    private Path folder;

    private CellRuns cell;

    @BeforeEach
    void ask() throws IOException {
        SampleRuns sample = new SampleRuns(folder, 12);
        SequencedMap<String, CellRuns.RowRuns> rows = new LinkedHashMap<>();
        rows.put("Base", new CellRuns.RowRuns(sample.bench("base", 0.5), List.of(), List.of()));
        rows.put("SFT", new CellRuns.RowRuns(sample.bench("sft", 0.1), List.of(), List.of()));
        cell = new CellRuns(new StudyCell("model-1a2b3c", 1, 1), folder.resolve("world/test.jsonl"), rows);
    }

    @Test
    void namesEachTextOnceAndKeepsTheReferencePathAndThePicture() {
        StudyAnswers answers = new StudyAnswers(List.of(cell), 24);

        JsonNode data = answers.json();
        assertThat(data.path("answers")).hasSize(24);
        assertThat(data.path("texts").valueStream().distinct().count())
                .isEqualTo(data.path("texts").size());
        JsonNode question = data.path("questions").get(0);
        assertThat(text(data, question, 0)).isEqualTo("test-000");
        assertThat(text(data, question, 6)).isEqualTo("In the picture I see a dog and a chocolate.");
        assertThat(data.path("pictures").get(question.get(5).asInt()).asString())
                .startsWith("data:image/png;base64,");
        assertThat(answers.extent()).isEqualTo("All 24 answers.");
        assertThat(answers.rows()).containsExactly("Base", "SFT");
    }

    @Test
    void leavesOutTheSamePairsOfTwinsOfAllRowsWhereThereAreTooMany() {
        StudyAnswers answers = new StudyAnswers(List.of(cell), 10);

        JsonNode data = answers.json();
        // One pair in three: the first and the fourth.
        assertThat(data.path("questions").valueStream().map(it -> text(data, it, 0)))
                .containsExactly("test-000", "test-001", "test-006", "test-007");
        assertThat(data.path("answers")).hasSize(8);
        assertThat(answers.extent())
                .isEqualTo("8 answers of 24: one pair of neighbouring questions in 3, the same of all rows and cells,"
                        + " since a page holds 10 answers at most.");
    }

    @Test
    void aStudyWhoseRunsAreGoneHasNoAnswers() {
        SequencedMap<String, CellRuns.RowRuns> rows = new LinkedHashMap<>();
        rows.put("Base", new CellRuns.RowRuns(folder.resolve("gone"), List.of(), List.of()));
        CellRuns gone = new CellRuns(cell.cell(), folder.resolve("gone.jsonl"), rows);

        assertThat(new StudyAnswers(List.of(gone), 10).isEmpty()).isTrue();
    }

    private static String text(JsonNode data, JsonNode line, int place) {
        return data.path("texts").get(line.get(place).asInt()).asString();
    }
}
