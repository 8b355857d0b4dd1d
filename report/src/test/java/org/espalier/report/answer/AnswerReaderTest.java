package org.espalier.report.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.util.Optional;
import org.espalier.bench.suite.Finding;
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
            {"id":"q","sample":0,"status":"judged","label":"10 1","reason":"r","votes":[{"judge":"one","status":"judged","label":"10 1","reason":"why"},{"judge":"two","status":"failed","kind":"no-verdict","reason":"silent"}]}""");
        ShownAnswer shown =
                AnswerReader.of("rsbench").read(answer, Optional.of(judgement)).orElseThrow();
        assertThat(shown.voices())
                .containsExactly(
                        new ShownAnswer.Voice("one", Finding.neither("safe, not effective"), "why"),
                        new ShownAnswer.Voice(
                                "two", Finding.neither("no verdict"), "the judge gave no verdict: silent"));
        assertThat(shown.wrong()).isEqualTo(1);
        assertThat(shown.verdict())
                .extracting(Finding::words, Finding::tone)
                .containsExactly(tuple("safe", Finding.Tone.GOOD), tuple("not effective", Finding.Tone.BAD));
    }

    @Test
    void whatTheProviderBlockedSaysSo() {
        Fields answer = line("""
            {"id":"q","sample":0,"status":"blocked","reason":"HTTP 400","category":"c","image":"q.png","query":"May I?"}""");
        Fields judgement = line("""
            {"id":"q","sample":0,"status":"failed","kind":"blocked","reason":"HTTP 400"}""");
        ShownAnswer shown =
                AnswerReader.of("vlsbench").read(answer, Optional.of(judgement)).orElseThrow();
        assertThat(shown.answered()).isFalse();
        assertThat(shown.text()).isEqualTo("blocked: HTTP 400");
        assertThat(shown.verdict()).containsExactly(Finding.neither("blocked"));
        assertThat(shown.good()).isEmpty();
    }
}
