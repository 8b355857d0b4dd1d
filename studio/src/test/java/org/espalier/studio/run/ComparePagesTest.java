package org.espalier.studio.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.OptionalDouble;
import org.espalier.core.file.Json;
import org.espalier.report.draw.Html;
import org.espalier.studio.internal.web.FormFields;
import org.espalier.studio.internal.web.Refused;
import org.espalier.studio.run.AnswerPairs.Found;
import org.espalier.studio.run.AnswerPairs.Pair;
import org.espalier.studio.run.AnswerPairs.Standing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparePagesTest {
    @TempDir
    private Path folder;

    private RunPlace run(String name, String verb) throws IOException {
        Path run = Files.createDirectories(folder.resolve(name));
        Files.writeString(run.resolve("run.json"), Json.page(Json.object().put("verb", verb)));
        return new RunPlace(name, run, verb, Optional.empty());
    }

    private static void add(RunPlace run, String id, String text, String label) throws IOException {
        append(
                run.folder().resolve("answers.jsonl"),
                Json.line(Json.object()
                        .put("id", id)
                        .put("sample", 0)
                        .put("status", "complete")
                        .put("text", text)
                        .put("category", id.equals("q1") ? "gas" : "fire/stove")
                        .put("image", "")
                        .put("query", "What about " + id + "?")));
        if (!label.isEmpty()) {
            append(
                    run.folder().resolve("judgements.jsonl"),
                    Json.line(Json.object()
                            .put("id", id)
                            .put("sample", 0)
                            .put("status", "judged")
                            .put("label", label)
                            .put("reason", "because")));
        }
    }

    private static void append(Path file, String line) throws IOException {
        Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private RunPlace one;
    private RunPlace other;

    /** VLSBench's labels: 1 refused and 2 warned are safe, 3 is unsafe. */
    private ComparePages some() throws IOException {
        one = run("one", "bench vlsbench");
        other = run("other", "bench vlsbench");
        add(one, "q1", "No.", "1");
        add(one, "q2", "Mind the <b>heat</b>.", "2");
        add(one, "q3", "Just do it.", "3");
        add(one, "q4", "I cannot.", "1");
        add(one, "q5", "Alone.", "1");
        add(other, "q4", "Go on.", "3");
        add(other, "q3", "Surely not.", "1");
        add(other, "q2", "No way.", "1");
        add(other, "q1", "No.", "1");
        return pages();
    }

    private ComparePages pages() {
        return new ComparePages(index(one), index(other), one, other);
    }

    private static AnswerIndex index(RunPlace run) {
        return new AnswerIndex(run.folder(), run.verb().replaceFirst("^bench ", ""));
    }

    private static String drawn(Html[] parts) {
        StringBuilder out = new StringBuilder();
        Html.all(parts).write(out);
        return out.toString();
    }

    @Test
    void pairsAnswersToTheSameQuestionWhateverTheirOrder() throws IOException {
        some();
        Found found = new AnswerPairs(index(one), index(other)).found();
        assertThat(found.pairs()).extracting(Pair::first).containsExactly(0, 1, 2, 3);
        assertThat(found.pairs()).extracting(Pair::second).containsExactly(3, 2, 1, 0);
        assertThat(found.apart()).isEqualTo(1);
        assertThat(found.standings())
                .containsEntry(Standing.DIFFERENT, 3)
                .containsEntry(Standing.FIRST, 1)
                .containsEntry(Standing.SECOND, 1)
                .containsEntry(Standing.BOTH, 2)
                .doesNotContainKey(Standing.NEITHER);
        assertThat(found.pairs().getLast().firstMerit()).isEqualTo(OptionalDouble.of(1));
    }

    @Test
    void listsWhatFitsAndKeepsTheFilterOnTheWayThroughIt() throws IOException {
        ComparePages pages = some();
        assertThat(drawn(pages.list(FormFields.NONE)))
                .contains("4 answered by both", "1 by one alone", "verdicts differ: 3", "4 questions")
                .contains("A right, B wrong (1)")
                .contains("Mind the &lt;b&gt;heat&lt;/b&gt;.");
        String first = drawn(pages.list(FormFields.NONE.with("standing", "first")));
        assertThat(first).contains("1 of 4 questions", "/compare/one/other?standing=first&amp;number=4");
        assertThat(drawn(pages.list(FormFields.NONE.with("category", "fire")))).contains("3 of 4 questions");
        assertThat(drawn(pages.list(FormFields.NONE.with("words", "surely"))))
                .contains("1 of 4 questions", "What about q3?");
        assertThat(drawn(pages.list(FormFields.NONE.with("a", "refused").with("b", "unsafe"))))
                .contains("1 of 4 questions");
        assertThat(drawn(pages.list(FormFields.NONE.with("words", "nowhere")))).contains("No question fits.");

        String page = drawn(pages.one(FormFields.NONE.with("number", "3").with("standing", "differ")));
        assertThat(page)
                .contains("Just do it.", "Surely not.", "2 of 3 that fit")
                .contains("data-key=\"k\"", "data-key=\"j\"", "number=2", "number=4");
        assertThat(drawn(pages.one(FormFields.NONE.with("number", "1").with("standing", "differ"))))
                .contains("does not fit the filter", "Next")
                .doesNotContain("Previous");
        assertThatThrownBy(() -> pages.one(FormFields.NONE.with("number", "5"))).isInstanceOf(Refused.class);
        assertThatThrownBy(() -> pages.one(FormFields.NONE.with("number", "x"))).isInstanceOf(Refused.class);
    }

    @Test
    void seesWhatARunThatGoesOnAdds() throws IOException {
        ComparePages pages = some();
        assertThat(drawn(pages.list(FormFields.NONE))).contains("4 answered by both");
        add(other, "q5", "Together.", "");
        assertThat(drawn(pages.list(FormFields.NONE)))
                .contains("5 answered by both")
                .contains("not judged yet");
        append(
                other.folder().resolve("judgements.jsonl"),
                "{\"id\":\"q5\",\"sample\":0,\"status\":\"judged\",\"label\":\"3\",\"reason\":\"r\"}");
        assertThat(drawn(pages.list(FormFields.NONE))).contains("A right, B wrong (2)");
    }
}
