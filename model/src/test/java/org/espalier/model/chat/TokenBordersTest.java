package org.espalier.model.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.espalier.core.Cut;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tokens are written down beside each text; {@code |} is a border. */
class TokenBordersTest {
    @TempDir
    static Path folder;

    private static Tokenizer tokenizer;

    @BeforeAll
    static void load() {
        tokenizer = Fixture.tokenizer(folder);
    }

    private static int[] ends(String text) {
        return tokenizer.borders(text, tokenizer.encode(text)).charEnds();
    }

    private static List<Cut> cuts(String text, Integer... chars) {
        return tokenizer.borders(text, tokenizer.encode(text)).cuts(List.of(chars));
    }

    @Test
    void aCutIsTheFirstBorderAtOrAfterThePlace() {
        // The| bread|.⏎|The
        String text = "The bread.\nThe";

        assertThat(ends(text)).containsExactly(3, 9, 11, 14);
        assertThat(cuts(text, 0, 1, 3, 4, 9, 10, 11, 14))
                .containsExactly(
                        Cut.START,
                        new Cut(1, 3),
                        new Cut(1, 3),
                        new Cut(2, 9),
                        new Cut(2, 9),
                        new Cut(3, 11),
                        new Cut(3, 11),
                        new Cut(4, 14));
    }

    @Test
    void aBorderInsideACharacterIsNoPlaceToCut() {
        // E6|BC|A2 E5|AD|97: the third token ends the first character and begins the second
        String text = "\u6F22\u5B57";

        assertThat(ends(text)).containsExactly(0, 0, 1, 1, 2);
        assertThat(cuts(text, 0, 1, 2)).containsExactly(Cut.START, new Cut(5, 2), new Cut(5, 2));
    }

    @Test
    void aCharacterOfTwoUnitsIsNotCutInTheMiddle() {
        // F0 9F|90|B6|a
        String text = "\uD83D\uDC36a";

        assertThat(ends(text)).containsExactly(0, 0, 2, 3);
        assertThat(cuts(text, 1, 2, 3)).containsExactly(new Cut(3, 2), new Cut(3, 2), new Cut(4, 3));
    }

    @Test
    void placesAreThoseOfTheGivenTextAlsoWhereItIsNotComposed() {
        // x|é|y| is, with é given as two characters
        String text = "xe\u0301y is";

        assertThat(ends(text)).containsExactly(1, 3, 4, 7);
        assertThat(cuts(text, 1, 2, 3, 5)).containsExactly(new Cut(1, 1), new Cut(2, 3), new Cut(2, 3), new Cut(4, 7));
    }

    @Test
    void marksInAnotherOrderAreOneCharacter() {
        // a with a dot above and a dot below, composed as a-with-dot-below and a dot above: three and two bytes
        String text = "a\u0307\u0323b";

        assertThat(ends(text)).containsExactly(0, 0, 0, 0, 3, 4);
        assertThat(cuts(text, 1, 2, 3, 4)).containsExactly(new Cut(5, 3), new Cut(5, 3), new Cut(5, 3), new Cut(6, 4));
    }

    @Test
    void tokensMayGoOnBeyondTheText() {
        // The| knife|<|im_end|>
        int[] ids = tokenizer.encode("The knife.");
        ids[ids.length - 1] = tokenizer.id("<|im_end|>");

        assertThat(tokenizer.borders("The knife", ids).cuts(List.of(3, 4, 9)))
                .containsExactly(new Cut(1, 3), new Cut(2, 9), new Cut(2, 9));
        assertThat(tokenizer.borders("The kn", ids).cuts(List.of(3, 4, 6)))
                .containsExactly(new Cut(1, 3), new Cut(2, 6), new Cut(2, 6));
        assertThat(tokenizer.borders("The kn", ids).charEnds()).containsExactly(3, 6, 6);
    }

    @Test
    void bordersAreThoseOfTheTokensGivenNotOfTheUsualOnes() {
        int[] spelled = {
            tokenizer.encode("T")[0], tokenizer.encode("h")[0], tokenizer.encode("e")[0]
        };

        assertThat(tokenizer.cuts("The", Arrays.stream(spelled).boxed().toList(), List.of(1, 3)))
                .containsExactly(new Cut(1, 1), new Cut(3, 3));
    }

    @Test
    void refusesTokensOfAnotherTextAndPlacesOutsideIt() {
        int[] ids = tokenizer.encode("The knife");

        assertThatThrownBy(() -> tokenizer.borders("The dog", ids)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> tokenizer.borders("The knife", ids).atOrAfter(10))
                .hasMessage("no place 10 in a text of 9 characters");
    }
}
