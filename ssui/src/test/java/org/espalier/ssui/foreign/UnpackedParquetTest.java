package org.espalier.ssui.foreign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.espalier.core.InputException;
import org.espalier.core.file.Json;
import org.espalier.core.file.SsuiFile;
import org.espalier.ssui.Pictures;
import org.espalier.ssui.internal.parquet.DuckDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class UnpackedParquetTest {
    @TempDir
    Path folder;

    private UnpackedParquet unpacked() {
        return new UnpackedParquet(folder.resolve("cache"));
    }

    private Path written(String name, String select) throws SQLException {
        Path file = folder.resolve(name);
        try (Connection duck = DuckDatabase.open();
                Statement sql = duck.createStatement()) {
            sql.execute("COPY (" + select + ") TO " + DuckDatabase.quoted(file) + " (FORMAT parquet)");
        }
        return file;
    }

    /** A picture's bytes as SQL has them. */
    private String blob(long seed) throws IOException {
        byte[] bytes = Files.readAllBytes(Pictures.write(folder.resolve("drawn-" + seed + ".png"), seed));
        StringBuilder text = new StringBuilder("'");
        for (byte b : bytes) {
            text.append("\\x%02X".formatted(b));
        }
        return text.append("'::BLOB").toString();
    }

    private List<JsonNode> rows(Path lines) throws IOException {
        return Files.readAllLines(lines).stream().map(Json::parse).toList();
    }

    @Test
    void listsStructsAndNumbersStandInTheLineAsTheyStoodInTheRow() throws Exception {
        Path file = written("nested.parquet", """
                SELECT * FROM (VALUES
                  (1, 0.5::DOUBLE, true, [['a','b'],[]], [{'role':'user','content':[{'type':'text','text':'one'},{'type':'image','text':NULL}]}]),
                  (2, NULL, false, [], []),
                  (3, 1.5::DOUBLE, NULL, NULL, [{'role':'user','content':[]},NULL,{'role':NULL,'content':NULL}]))
                t(n, x, flag, tags, said)
                """);

        assertThat(rows(unpacked().lines(file)))
                .extracting(Json::line)
                .containsExactly(
                        "{\"n\":1,\"x\":0.5,\"flag\":true,\"tags\":[[\"a\",\"b\"],[]],\"said\":[{\"role\":\"user\",\"content\":"
                                + "[{\"type\":\"text\",\"text\":\"one\"},{\"type\":\"image\",\"text\":null}]}]}",
                        "{\"n\":2,\"x\":null,\"flag\":false,\"tags\":[],\"said\":[]}",
                        "{\"n\":3,\"x\":1.5,\"flag\":null,\"tags\":null,\"said\":[{\"role\":\"user\",\"content\":[]},null,"
                                + "{\"role\":null,\"content\":null}]}");
    }

    @Test
    void picturesInAStructAndInAListBecomeFilesBesideTheLines() throws Exception {
        Path file = written(
                "pictures.parquet",
                "SELECT {'bytes': " + blob(1) + ", 'path': 'a.png'} AS image, [{'bytes': " + blob(1)
                        + ", 'path': NULL}, {'bytes': " + blob(2) + ", 'path': NULL}] AS images");

        Path lines = unpacked().lines(file);

        JsonNode row = rows(lines).getFirst();
        assertThat(row.path("image").asString())
                .isEqualTo(row.path("images").path(0).asString())
                .endsWith(".png");
        assertThat(lines.resolveSibling(row.path("images").path(1).asString()))
                .hasSameBinaryContentAs(folder.resolve("drawn-2.png"));
        assertThat(lines.resolveSibling("pictures")).isDirectoryContaining("glob:**.png");
    }

    @Test
    void samplesWithPicturesInsideAreReadLikeThoseOfLines() throws Exception {
        Path file = written(
                "ssui.parquet",
                "SELECT 'a' AS id, {'bytes': " + blob(3)
                        + ", 'path': 'x.png'} AS image, 'May I?' AS query, ['I look.','No.'] AS steps, 'No' AS answer,"
                        + " 'unsafe' AS risk, 'c' AS category, '{\"k\": 1}' AS tag, '{}' AS provenance");

        var sample = SsuiFile.read(unpacked().lines(file)).getFirst();

        assertThat(sample.reference().steps()).containsExactly("I look.", "No.");
        assertThat(sample.fields().path("tag").path("k").asInt()).isEqualTo(1);
        assertThat(sample.question().image()).hasSameBinaryContentAs(folder.resolve("drawn-3.png"));
    }

    @Test
    void allFilesOfASetAreReadAndAMissingOneIsNamed() throws Exception {
        Path first = written("train-00000-of-00002.parquet", "SELECT 1 AS n");
        assertThatThrownBy(() -> unpacked().lines(first))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("train-00001-of-00002.parquet, which belongs to");

        written("train-00001-of-00002.parquet", "SELECT 2 AS n");

        assertThat(rows(unpacked().lines(first)))
                .extracting(row -> row.path("n").asInt())
                .containsExactly(1, 2);
    }

    @Test
    void picturesThatAreOnlyNamedAreBroughtAlongAndThoseOutsideTheFolderAreRefused() throws Exception {
        Pictures.write(folder.resolve("images/a.png"), 4);
        Path lines = unpacked().lines(written("named.parquet", "SELECT 'images/a.png' AS image"));
        assertThat(lines.resolveSibling(rows(lines).getFirst().path("image").asString()))
                .hasSameBinaryContentAs(folder.resolve("images/a.png"));

        Path outside = written("outside.parquet", "SELECT '../a.png' AS image");
        assertThatThrownBy(() -> unpacked().lines(outside))
                .isInstanceOf(InputException.class)
                .hasMessage(outside + ", row 1: \"../a.png\" leaves the file's folder");
    }

    @Test
    void whatWasUnpackedIsNotUnpackedAgain() throws Exception {
        Path file = written("a.parquet", "SELECT 1 AS n");
        Path lines = unpacked().lines(file);
        Files.writeString(lines, "marked");

        assertThat(unpacked().lines(file)).isEqualTo(lines).hasContent("marked");
        assertThat(folder.resolve("cache")).isDirectoryNotContaining("glob:**.unpacking*");
    }

    /** Unpacks, in a process of its own. */
    static final class Child {
        public static void main(String[] words) {
            new UnpackedParquet(Path.of(words[0])).lines(Path.of(words[1]));
        }
    }

    private List<String> unpacking() throws IOException {
        Path cache = folder.resolve("cache");
        if (!Files.isDirectory(cache)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(cache)) {
            return all.map(path -> path.getFileName().toString())
                    .filter(name -> name.startsWith(".unpacking"))
                    .toList();
        }
    }

    @Test
    @Timeout(60)
    void whatAProcessLeftThatWasKilledWhileItUnpackedIsRemovedAtTheNextStart() throws Exception {
        Path large = written("large.parquet", "SELECT range AS n, repeat('x', 1000) AS t FROM range(2000000)");
        Path small = written("small.parquet", "SELECT 1 AS n");
        unpacked().lines(small);
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName(),
                        folder.resolve("cache").toString(),
                        large.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("child.log").toFile())
                .start();
        try {
            while (unpacking().size() < 2 && child.isAlive()) {
                Thread.sleep(5);
            }
            unpacked().lines(small);
            assertThat(unpacking()).as("its owner is alive").hasSize(2);
        } finally {
            child.destroyForcibly().waitFor();
        }
        assertThat(unpacking()).as("what a kill leaves").hasSize(2);

        unpacked().lines(small);

        assertThat(unpacking()).isEmpty();
    }

    @Test
    void aFileThatBecomesAThousandTimesItsSizeIsRefused() throws Exception {
        Path bomb = written("bomb.parquet", "SELECT repeat('x', 100000) AS t FROM range(10000)");
        assertThat(Files.size(bomb)).isLessThan(200_000);
        assertThatThrownBy(() -> unpacked().lines(bomb))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("bomb.parquet becomes more than")
                .hasMessageContaining("are no data");
        assertThat(unpacking()).isEmpty();
    }

    @Test
    void aDamagedFileIsRefusedAndLeavesNothingBehind() throws Exception {
        Path file = written("a.parquet", "SELECT range AS n, repeat('x', 100) AS t FROM range(1000)");
        byte[] bytes = Files.readAllBytes(file);
        Path cut = Files.write(folder.resolve("cut.parquet"), Arrays.copyOf(bytes, bytes.length / 2));

        assertThatThrownBy(() -> unpacked().lines(cut))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("cut.parquet cannot be read as Parquet");
        assertThat(folder.resolve("cache")).isEmptyDirectory();
    }
}
