package org.espalier.core.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {
    private static final List<String> VERBS = List.of("train", "explore", "report");

    @Test
    void countsInsertedRemovedReplacedAndSwappedLetters() {
        assertThat(Nearest.distance("train", "trian")).isEqualTo(1);
        assertThat(Nearest.distance("train", "strain")).isEqualTo(1);
        assertThat(Nearest.distance("train", "rain")).isEqualTo(1);
        assertThat(Nearest.distance("train", "brawn")).isEqualTo(2);
        assertThat(Nearest.distance("", "abc")).isEqualTo(3);
    }

    @Test
    void suggestsTheNearestWord() {
        assertThat(Nearest.suggestion("trian", VERBS)).isEqualTo("; did you mean train");
    }

    @Test
    void suggestsNothingFarAway() {
        assertThat(Nearest.suggestion("banana", VERBS)).isEmpty();
    }
}
