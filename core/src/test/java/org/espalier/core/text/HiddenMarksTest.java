package org.espalier.core.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HiddenMarksTest {
    @Test
    void whatSteersATerminalOrTurnsATextIsShownByItsNumber() {
        assertThat(HiddenMarks.printed("a\u001b[2Jb\rc\u009bd\u202ee\0"))
                .isEqualTo("a[U+001B][2Jb[U+000D]c[U+009B]d[U+202E]e[U+0000]");
    }

    @Test
    void linesTabulatorsAndLettersOfAnyScriptAreShownAsTheyAre() {
        String text = "a\n\tna\u00efve \u6f22\u5b57 \ud83d\udc36 e\u0301";
        assertThat(HiddenMarks.printed(text)).isEqualTo(text);
    }
}
