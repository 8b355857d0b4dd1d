package org.espalier.core.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.JacksonException;

class JsonTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} {} | a second value follows the first",
                "DEEP | Document nesting depth (201) exceeds the maximum allowed (200)",
                "DIGITS | Number value length (301) exceeds the maximum allowed (300)",
                "[NaN] | Non-standard token 'NaN'",
                "[-Infinity] | Non-standard token '-Infinity'",
                "[+1] | JSON spec does not allow numbers to have plus signs",
                "[// | Unexpected character ('/' (code 47)): maybe a (non-standard) comment?",
            })
    void complainsWithoutNamesOfTheParser(String text, String complaint) {
        String json = text.replaceFirst("^DEEP$", "[".repeat(300)).replaceFirst("^DIGITS$", "9".repeat(301));
        JacksonException thrown = catchThrowableOfType(JacksonException.class, () -> Json.parse(json));
        assertThat(Json.complaint(thrown)).endsWith(": " + complaint);
    }
}
