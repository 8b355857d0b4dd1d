package org.espalier.core.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.espalier.core.InputException;
import org.espalier.core.Risk;
import org.espalier.core.SsuiSample;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SsuiFileTest {
    private static final String SOUND = """
            {"id":"a","image":"images/a.png","query":"May I?","steps":["A knife."," So no. "],"answer":"no",\
            "risk":"unsafe","category":"fire","tag":{"scene":3},"mine":[1,2]}""";

    @TempDir
    Path root;

    private Path folder;
    private Path file;

    @BeforeEach
    void aFolderWithOnePicture() throws IOException {
        folder = Files.createDirectories(root.resolve("data"));
        Files.createDirectories(folder.resolve("images"));
        Files.writeString(folder.resolve("images/a.png"), "picture");
        Files.writeString(root.resolve("outside.png"), "picture");
        file = folder.resolve("ssui.jsonl");
    }

    private List<SsuiSample> read(String text) throws IOException {
        Files.writeString(file, text);
        return SsuiFile.read(file);
    }

    @Test
    void readsASample() throws IOException {
        SsuiSample sample = read(SOUND + "\n").getFirst();
        assertThat(sample.id()).isEqualTo("a");
        assertThat(sample.question().image()).isEqualTo(folder.resolve("images/a.png"));
        assertThat(sample.question().query()).isEqualTo("May I?");
        assertThat(sample.reference().steps()).containsExactly("A knife.", "So no.");
        assertThat(sample.risk()).isEqualTo(Risk.UNSAFE);
        assertThat(sample.fields().path("mine").size()).isEqualTo(2);
    }

    @Test
    void forgivesAByteOrderMarkBlankLinesCarriageReturnsAndAMissingLastLineEnd() throws IOException {
        List<SsuiSample> samples = read("\uFEFF" + SOUND + "\r\n\r\n   \n" + SOUND.replace("\"a\"", "\"b\""));
        assertThat(samples).extracting(SsuiSample::id).containsExactly("a", "b");
    }

    @Test
    void keepsUnknownFieldsWhenItWrites() throws IOException {
        List<SsuiSample> samples = read(SOUND + "\n");
        Path copy = folder.resolve("copy.jsonl");
        SsuiFile.write(copy, samples);
        assertThat(Files.readString(copy)).isEqualTo(SOUND.replace(" So no. ", "So no.") + "\n");
        assertThat(SsuiFile.read(copy)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"id\":\"a\",|``|line 1, field \"id\": is missing",
                "\"query\":\"May I?\"|\"query\":7|line 1, field \"query\": is 7, not a text",
                "\"query\":\"May I?\"|\"query\":null|line 1, field \"query\": is null",
                "\"query\":\"May I?\"|\"query\":\" \"|line 1, field \"query\": is empty",
                "[\"A knife.\",\" So no. \"]|[]|line 1, field \"steps\": is empty",
                "[\"A knife.\",\" So no. \"]|[\"A\",\" \"]|line 1, field \"steps[1]\": is empty",
                "[\"A knife.\",\" So no. \"]|[\"A\",2]|line 1, field \"steps[1]\": is 2, not one of a list of texts",
                "[\"A knife.\",\" So no. \"]|\"A\"|line 1, field \"steps\": is \"A\", not a list of texts",
                "\"unsafe\"|\"Unsafe\"|line 1, field \"risk\": is \"Unsafe\": \"unsafe\" and \"safe\" are known",
                "{\"scene\":3}|3|line 1, field \"tag\": is 3, not an object",
                "\"id\":\"a\"|\"id\":\"a\\u0000\"|line 1, field \"id\": holds a control character",
                "images/a.png|images/b.png|there is no picture",
                "images/a.png|images|there is no picture",
                "images/a.png|../outside.png|leaves the file's folder",
                "images/a.png|images/../../outside.png|leaves the file's folder",
                "images/a.png|images/../images/a.png|leaves the file's folder",
                "images/a.png|images\\\\a.png|holds a backslash",
                "images/a.png|/etc/passwd|is not a path below the file's folder",
                "images/a.png|C:/a.png|is not a path below the file's folder",
                "images/a.png|https://example.org/a.png|is not a path below the file's folder",
                "images/a.png|a\\u0000.png|is no path of a file",
                "\"answer\":\"no\"|\"answer\":\"no\",\"answer\":\"yes\"|line 1: is not JSON from column",
                "}|``|line 1: is not JSON from column",
            })
    void namesLineAndFieldOfWhatIsWrong(String replace, String by, String said) {
        String line = SOUND.replace(replace, by);
        assertThatThrownBy(() -> read(line + "\n"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("ssui.jsonl")
                .hasMessageContaining(said);
    }

    @Test
    void refusesAPictureThatLeavesTheFolderThroughALink() throws IOException {
        Files.createSymbolicLink(folder.resolve("images/link.png"), root.resolve("outside.png"));
        assertThatThrownBy(() -> read(SOUND.replace("images/a.png", "images/link.png")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("through a link");
    }

    @Test
    void acceptsALinkThatStaysInTheFolder() throws IOException {
        Files.createSymbolicLink(folder.resolve("images/link.png"), folder.resolve("images/a.png"));
        assertThat(read(SOUND.replace("images/a.png", "images/link.png"))).hasSize(1);
    }

    @Test
    void aSnapshotOfAHubsCacheIsReadThroughItsLinksIntoTheBlobsBesideItAndNoOthers() throws IOException {
        Path repository = root.resolve("hub/datasets--o--n");
        Path blobs = Files.createDirectories(repository.resolve("blobs"));
        Path snapshot = Files.createDirectories(repository.resolve("snapshots/1f2e/images"));
        Files.writeString(blobs.resolve("aa"), SOUND + "\n");
        Files.writeString(blobs.resolve("bb"), "picture");
        Path data = Files.createSymbolicLink(snapshot.resolveSibling("ssui.jsonl"), Path.of("../../blobs/aa"));
        Path picture = Files.createSymbolicLink(snapshot.resolve("a.png"), Path.of("../../../blobs/bb"));

        assertThat(SsuiFile.read(data).getFirst().question().image()).isEqualTo(picture);

        Files.delete(picture);
        Files.createSymbolicLink(picture, root.resolve("outside.png"));
        assertThatThrownBy(() -> SsuiFile.read(data)).hasMessageContaining("through a link");
        Files.delete(picture);
        Files.delete(blobs.resolve("bb"));
        Files.createSymbolicLink(blobs.resolve("bb"), root.resolve("outside.png"));
        Files.createSymbolicLink(picture, Path.of("../../../blobs/bb"));
        assertThatThrownBy(() -> SsuiFile.read(data)).hasMessageContaining("through a link");
    }

    @Test
    void tellsAllProblemsOfAFileTogether() {
        assertThatThrownBy(() -> read(SOUND + "\n{broken\n[1]\n" + SOUND + "\n"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("3 problems")
                .hasMessageContaining("line 2: is not JSON from column")
                .hasMessageContaining("line 3: is not an object")
                .hasMessageContaining("line 4, field \"id\": \"a\" stands in line 1 already");
    }

    @Test
    void countsWhatItDoesNotSpellOut() {
        assertThatThrownBy(() -> read("[]\n".repeat(27)))
                .hasMessageContaining("27 problems")
                .hasMessageContaining("line 20:")
                .hasMessageContaining("and 7 more")
                .message()
                .doesNotContain("line 21:");
    }

    @Test
    void refusesTextThatIsNotUtf8() throws IOException {
        Files.write(file, (SOUND + "é\n").getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> SsuiFile.read(file)).hasMessageContaining("line 1: is not UTF-8 text");

        Files.write(file, (SOUND + "\n" + SOUND + "é\n").getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> SsuiFile.read(file)).hasMessageContaining("line 2: is not UTF-8 text");
    }

    @Test
    void tellsAFileThatIsNoTextAtAllOnce() throws IOException {
        Files.write(file, "\u00ff\n".repeat(50).getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> SsuiFile.read(file))
                .hasMessageContaining("this is not a file of JSON lines")
                .message()
                .doesNotContain("line 2");
    }

    @Test
    void refusesAnEmptyAndAMissingFileAndAFolder() throws IOException {
        assertThatThrownBy(() -> read("\n\n")).hasMessageContaining("holds no sample");
        assertThatThrownBy(() -> SsuiFile.read(root.resolve("none.jsonl")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("there is no file");
        assertThatThrownBy(() -> SsuiFile.read(folder))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("is a folder");
        assertThatThrownBy(() -> SsuiFile.read(root.resolve("none/none.jsonl"))).isInstanceOf(InputException.class);
    }

    /** They would come out as question marks, and the tokenizer sees another sign. */
    @ParameterizedTest
    @ValueSource(strings = {"\\ud800", "\\uDFFF x", "\\uD83D\\uD83D\\uDE00"})
    void refusesHalfACharacter(String half) {
        for (String place : List.of("May I?", "A knife.")) {
            assertThatThrownBy(() -> read(SOUND.replace(place, half)))
                    .isInstanceOf(InputException.class)
                    .hasMessageMatching("(?s).*line 1: is not JSON: .u[dD].{3} in a text is half a character; write the"
                            + " whole one, or none.*");
        }
    }

    @Test
    void takesWholeCharactersInEscapedForm() throws IOException {
        assertThat(read(SOUND.replace("May I?", "\\uD83D\\uDE00?"))
                        .getFirst()
                        .question()
                        .query())
                .isEqualTo("\uD83D\uDE00?");
    }

    @Test
    void refusesTheCharacterNul() {
        assertThatThrownBy(() -> read(SOUND.replace("May I?", "May\\u0000I?").replace("A knife.", "\\u0000")))
                .hasMessageContaining("field \"query\": holds the character \\u0000: take it out")
                .hasMessageContaining("field \"steps\": holds");
    }

    @Test
    void refusesJsonNestedWithoutEnd() {
        assertThatThrownBy(() -> read("{\"a\":" + "[".repeat(100_000)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("line 1: is not JSON");
    }
}
