package org.espalier.bench.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.espalier.core.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables that are not what they seem. */
class ItemFileTest {
    private static final String TABLE = "id,query\ns1,caf\u00e9?\n";

    @TempDir
    Path folder;

    private List<ItemRow> rows(String table, Charset charset) throws IOException {
        Path file = folder.resolve("items.csv");
        Files.write(file, table.getBytes(charset));
        List<ItemRow> rows = new ArrayList<>();
        ItemFile.each(file, rows::add);
        return rows;
    }

    private void refused(String table, Charset charset, String part) {
        assertThatThrownBy(() -> rows(table, charset))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("items.csv")
                .hasMessageContaining(part)
                .hasMessageNotContaining("Exception");
    }

    @Test
    void aTableWithAByteOrderMarkIsReadByIt() throws IOException {
        for (Charset charset : List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
            assertThat(rows("\uFEFF" + TABLE, charset).getFirst().values().get("query"))
                    .as(charset.name())
                    .isEqualTo(new ItemValue.One("caf\u00e9?"));
        }
    }

    @Test
    void bytesThatAreNoTextAreTakenForNone() {
        refused(TABLE, StandardCharsets.ISO_8859_1, "is not UTF-8 text");
    }

    @Test
    void aTextThatItsOwnCommaCutsIsRefusedAndEmptyFieldsAtTheEndAreNot() throws IOException {
        refused("id,query\ns1,May I, please?\n", StandardCharsets.UTF_8, "line 2 has 3 fields where the header has 2");
        assertThat(rows("id,query\ns1,May I?,,\n", StandardCharsets.UTF_8)).hasSize(1);
    }

    @Test
    void aQuotationMarkThatIsNeverClosedIsRefused() throws IOException {
        refused("id,query\ns1,\"May I?\ns2,Or this?\n", StandardCharsets.UTF_8, "line 2 has a quotation mark");
        assertThatThrownBy(() -> CsvTable.read(folder.resolve("items.csv"), List.of("id"), row -> {}))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("line 2 has a quotation mark");
        assertThat(rows("id,query\ns1,\"two\nlines\"\ns2,5\" wide\n", StandardCharsets.UTF_8))
                .hasSize(2);
    }

    @Test
    void whatTheParserDoesNotTakeIsSaidInItsWordsAndWhere() {
        assertThatThrownBy(() -> rows("id,id\n1,2\n", StandardCharsets.UTF_8))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("cannot be read as a table, in the first record: ")
                .hasMessageContaining("id");
    }

    @Test
    void halfACharacterAndNulAreRefused() throws IOException {
        Path file = folder.resolve("items.jsonl");
        for (String text : List.of("\\ud800", "a\\udc00b", "\\u0000")) {
            Files.writeString(file, "{\"id\": \"a\"}\n{\"id\": \"b\", \"query\": [\"" + text + "\"]}\n");
            assertThatThrownBy(() -> ItemFile.each(file, row -> {}))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("items.jsonl, row 2, column \"query\" holds NUL or half a character");
        }
        refused("id,query\ns1,a\0b\n", StandardCharsets.UTF_8, "holds NUL");
    }
}
