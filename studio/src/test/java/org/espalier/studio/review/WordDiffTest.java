package org.espalier.studio.review;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WordDiffTest {
    private static String diff(String before, String after) {
        StringBuilder out = new StringBuilder();
        WordDiff.of(before, after).write(out);
        return out.toString().replaceAll("^<span class=\"diff\">|</span>$", "");
    }

    @Test
    void marksWhatWentAndWhatCame() {
        assertThat(diff("May I store it here?", "May we store it there?"))
                .isEqualTo("May <del>I</del><ins>we</ins> store it <del>here</del><ins>there</ins>?");
        assertThat(diff("leave this in the sun", "keep it out of the sun"))
                .isEqualTo("<del>leave this in</del><ins>keep it out of</ins> the sun");
        assertThat(diff("one two three", "three")).isEqualTo("<del>one two </del>three");
        assertThat(diff("", "new")).isEqualTo("<ins>new</ins>");
        assertThat(diff("old", "")).isEqualTo("<del>old</del>");
        assertThat(diff("same words", "same words")).isEqualTo("same words");
    }

    @Test
    void givesBothTextsBackAndEscapesThem() {
        String before = "a <b> c\nd e";
        String after = "a c\n<d> & f";

        String shown = diff(before, after);

        assertThat(unescaped(shown.replaceAll("(?s)<ins>.*?</ins>", "").replaceAll("</?del>", "")))
                .isEqualTo(before);
        assertThat(unescaped(shown.replaceAll("(?s)<del>.*?</del>", "").replaceAll("</?ins>", "")))
                .isEqualTo(after);
    }

    private static String unescaped(String html) {
        return html.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    }

    @Test
    void aLongTextIsNotComparedWithAShortOneEither() {
        String after = "a w ".repeat(3000);

        assertThat(diff("w", after)).isEqualTo("<del>w</del><ins>" + after + "</ins>");
        assertThat(diff("w", "a w ".repeat(900))).contains("w").doesNotContain("<del>");
    }

    @Test
    void veryLongTextsAreShownOneAfterTheOther() {
        String before = "a b ".repeat(3000);
        String after = "c d ".repeat(3000);

        assertThat(diff(before, after)).isEqualTo("<del>" + before + "</del><ins>" + after + "</ins>");
    }
}
