package org.espalier.bench.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.espalier.core.ChatModel.Reply;
import org.espalier.core.ChatModel.Request;
import org.espalier.core.InputException;
import org.espalier.core.Sampling;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForeignAnswersTest {
    @TempDir
    private Path folder;

    private List<Reply> replies(String name, String content, Request... requests) throws IOException {
        Path file = folder.resolve(name);
        Files.writeString(file, content);
        try (ForeignAnswers answers = new ForeignAnswers(file)) {
            return answers.reply(Arrays.asList(requests), Sampling.at(0, 1, 0));
        }
    }

    private static Request request(String id, int sample) {
        return new Request(id, sample, List.of());
    }

    private static Reply said(String text) {
        return new Reply.Said(text, true);
    }

    @Test
    void readsPredictionsOfVlmEvalKitAsTsvAndJsonInAnyOrder() throws IOException {
        List<Reply> tsv = replies(
                "model_Set.tsv",
                "\"index\"\t\"question\"\t\"answer\"\t\"prediction\"\n"
                        + "\"7\"\t\"q\"\t\"A\"\t\"B, because\nit is\"\n"
                        + "\"3\"\t\"q\"\t\"A\"\t\"Failed to obtain answer via API.\"\n"
                        + "\"5\"\t\"q\"\t\"A\"\t\"A \"\"quoted\"\" one\"\n",
                request("5", 0),
                request("3", 0),
                request("7", 0),
                request("9", 0));
        assertThat(tsv.get(0)).isEqualTo(said("A \"quoted\" one"));
        assertThat(tsv.get(1)).isInstanceOf(Reply.Failed.class);
        assertThat(tsv.get(2)).isEqualTo(said("B, because\nit is"));
        assertThat(tsv.get(3)).as("a question that was not asked there").isInstanceOf(Reply.Failed.class);
        assertThat(replies(
                        "model_Set.json",
                        "[{\"index\": 1, \"answer\": \"A\", \"C\": NaN, \"prediction\": \"B\"}]",
                        request("1", 0)))
                .containsExactly(said("B"));
    }

    @Test
    void readsSamplesOfLmmsEvalWithOneAnswerOrSeveral() throws IOException {
        assertThat(replies("20260101_samples_task.jsonl", """
                        {"doc_id": 1, "target": "B", "filtered_resps": "B", "input": "q", "acc": 1.0}
                        {"doc_id": 0, "target": "A", "resps": ["one", "two"], "filtered_resps": "A", "input": "q"}
                        """, request("0", 0), request("0", 1), request("1", 0)))
                .containsExactly(said("one"), said("two"), said("B"));
    }

    @Test
    void readsBareLinesAndSaysWhatAFileLacks() throws IOException {
        assertThat(replies("answers.jsonl", """
                        {"id": "b", "text": "two"}
                        {"id": "a", "sample": 1, "text": ""}
                        """, request("a", 1), request("b", 0)))
                .containsExactly(said(""), said("two"));
        assertThatThrownBy(() -> replies("x.csv", "name,text\na,b\n", request("a", 0)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(
                        "row 1 needs an id in one of the columns id, index, question_id, doc_id; it has name");
        assertThatThrownBy(() -> replies("y.csv", "id,text\na,b\n", request("17", 0)))
                .hasMessageContaining(
                        "answers none of the first 1 questions: theirs are called 17, …, and its rows a, …");
        assertThatThrownBy(() -> replies("z.xlsx", "PK", request("a", 0))).hasMessageContaining("PRED_FORMAT=tsv");
        assertThatThrownBy(() -> replies("z.txt", "a", request("a", 0)))
                .hasMessageContaining(".jsonl, .json, .csv or .tsv");
    }
}
