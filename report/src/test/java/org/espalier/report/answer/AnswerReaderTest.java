package org.espalier.report.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.espalier.core.file.Fields;
import org.espalier.core.file.Problems;
import org.junit.jupiter.api.Test;

class AnswerReaderTest {
    private static Fields line(String text) {
        return Fields.of(text, 1, new Problems(Path.of("lines.jsonl"))).orElseThrow();
    }

    @Test
    void aPathOfRsBenchHasTheVotesOfItsJudges() {
        Fields answer = line("""
            {"id":"q","sample":0,"status":"complete","text":"No","steps":["No"],"risk":"safe","category":"c","image":"q.png","query":"May I?"}""");
        Fields judgement = line("""
            {"id":"q","sample":0,"status":"judged","safe":true,"effective":false,"first_wrong_step":1,"reason":"r","votes":[{"judge":"one","status":"judged","safe":true,"effective":false,"first_wrong_step":1,"reason":"why"},{"judge":"two","status":"failed","reason":"silent"}]}""");
        ShownAnswer shown =
                AnswerReader.of("rsbench").read(answer, Optional.of(judgement)).orElseThrow();
        assertThat(shown.voices())
                .containsExactly(
                        new Voice("one", Finding.neither("safe, not effective"), "why"),
                        new Voice("two", Finding.neither("no verdict"), "silent"));
    }
}
