package org.espalier.picture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrientationTest {
    /** Stored are the rows "ab", "cd", "ef". */
    @ParameterizedTest
    @CsvSource({
        "1, ab cd ef",
        "2, ba dc fe",
        "3, fe dc ba",
        "4, ef cd ab",
        "5, ace bdf",
        "6, eca fdb",
        "7, fdb eca",
        "8, bdf ace",
        "0, ab cd ef",
        "9, ab cd ef"
    })
    void turnsTheStoredRowsUpright(int tag, String upright) {
        RgbPicture stored = new RgbPicture(2, 3, "aaabbbcccdddeeefff".getBytes());

        RgbPicture seen = Orientation.ofTag(tag).apply(stored);

        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 6; i++) {
            rows.append(i > 0 && i % seen.width() == 0 ? " " : "").append((char) seen.rgb()[3 * i + 2]);
        }
        assertThat(rows).hasToString(upright);
    }
}
