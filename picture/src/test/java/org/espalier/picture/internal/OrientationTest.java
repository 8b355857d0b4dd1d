package org.espalier.picture.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
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
        Orientation orientation = Orientation.ofTag(tag);

        byte[] seen = orientation.upright("aaabbbcccdddeeefff".getBytes(StandardCharsets.US_ASCII), 2, 3);

        int width = orientation.swapsSides() ? 3 : 2;
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 6; i++) {
            rows.append(i > 0 && i % width == 0 ? " " : "").append((char) seen[3 * i + 2]);
        }
        assertThat(rows).hasToString(upright);
    }
}
