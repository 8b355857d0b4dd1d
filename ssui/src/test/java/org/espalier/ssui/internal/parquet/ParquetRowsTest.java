package org.espalier.ssui.internal.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.espalier.core.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParquetRowsTest {
    @TempDir
    Path folder;

    /** Pictures of so many bytes, zeros after their first ones; every seventh is missing. */
    private Path written(String name, int rows, int bytes, String options) throws SQLException {
        Path file = folder.resolve(name);
        try (Connection duck = DuckDatabase.open();
                Statement sql = duck.createStatement()) {
            sql.execute("SET memory_limit = '4GB'");
            sql.execute("COPY (SELECT CASE WHEN i % 7 = 0 THEN NULL ELSE {'bytes': encode(concat(i, repeat('a', "
                    + bytes
                    + "))), 'path': concat(i, '.png')} END AS image, concat('row ', i) AS title FROM range(" + rows
                    + ") t(i)) TO " + DuckDatabase.quoted(file) + " (FORMAT parquet" + options + ")");
        }
        return file;
    }

    private static List<String> read(ParquetRows rows) throws IOException {
        List<String> read = new ArrayList<>();
        rows.each(
                rows.columns(),
                (number, values) -> read.add(number + ":"
                        + values.stream()
                                .map(value -> value.map(
                                                bytes -> bytes.length < 20 ? new String(bytes) : bytes.length + "")
                                        .orElse("-"))
                                .toList()));
        return read;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ", COMPRESSION zstd", ", COMPRESSION snappy, ROW_GROUP_SIZE 2048", ", COMPRESSION gzip"})
    void readsEachRowWhateverTheCompression(String options) throws IOException, SQLException {
        try (ParquetRows rows = ParquetRows.open(written("a.parquet", 30, 100, options))) {
            assertThat(rows.columns())
                    .extracting(ParquetRows.Column::name)
                    .containsExactly("image.bytes", "image.path", "title");
            assertThat(rows.columns()).extracting(ParquetRows.Column::text).containsExactly(false, true, true);
            assertThat(read(rows))
                    .hasSize(30)
                    .startsWith("0:[-, -, row 0]", "1:[101, 1.png, row 1]")
                    .endsWith("28:[-, -, row 28]", "29:[102, 29.png, row 29]");
        }
    }

    /** 1.2 GB of pictures in one group of rows, of which a few pages are there at a time. */
    @Test
    void readsAGroupOfRowsThatIsLargerThanTheMemory() throws IOException, SQLException {
        Path file = written("large.parquet", 200, 7_000_000, ", COMPRESSION zstd, ROW_GROUP_SIZE 2048");
        long before = held();
        long[] most = {0};
        long[] read = {0};
        try (ParquetRows rows = ParquetRows.open(file)) {
            rows.each(rows.columns().subList(0, 1), (number, values) -> {
                read[0] += values.getFirst().map(bytes -> (long) bytes.length).orElse(0L);
                if (number % 40 == 39) {
                    most[0] = Math.max(most[0], held() - before);
                }
            });
        }
        assertThat(read[0]).isGreaterThan(1_190_000_000L);
        assertThat(most[0]).as("bytes that are held at a time").isLessThan(read[0] * 3 / 4);
        assertThat(file).satisfies(one -> assertThat(Files.size(one)).isLessThan(1_000_000));
    }

    /** However the rows are grouped, what is held of a file is a few of its pages, of those that are read ahead too. */
    @ParameterizedTest
    @CsvSource({"many small ones, 100000, 1500", "some large ones, 32768, 15000"})
    void readsManyGroupsOfRowsInTheMemoryOfAFew(String groups, int rows, int bytes) throws IOException, SQLException {
        Path file = written("groups.parquet", rows, bytes, ", COMPRESSION snappy, ROW_GROUP_SIZE 2048");
        long before = held();
        long[] most = {0};
        long[] read = {0};
        try (ParquetRows open = ParquetRows.open(file)) {
            open.each(open.columns().subList(0, 1), (number, values) -> {
                read[0] += values.getFirst().map(one -> (long) one.length).orElse(0L);
                if (number % (rows / 6) == rows / 6 - 1) {
                    most[0] = Math.max(most[0], held() - before);
                }
            });
        }
        assertThat(read[0]).isGreaterThan(125_000_000L);
        assertThat(most[0]).as("bytes held at a time of %s", groups).isLessThan(read[0] * 3 / 4);
    }

    /** What cannot be collected, in bytes. */
    private static long held() {
        System.gc();
        Runtime java = Runtime.getRuntime();
        return java.totalMemory() - java.freeMemory();
    }

    /** Names are taken as they are, though other readers look for whatever matches them. */
    @Test
    void aNameIsNoPattern() throws IOException, SQLException {
        written("part1.parquet", 3, 10, "");
        Path file = folder.resolve("part*.parquet");
        assertThatThrownBy(() -> ParquetRows.open(file).close()).isInstanceOf(InputException.class);
        for (String name : List.of("part*.parquet", "part[1].parquet", "part?.parquet", "{part1,part2}.parquet")) {
            Files.copy(written("other.parquet", 5, 10, ""), folder.resolve(name));
            try (ParquetRows rows = ParquetRows.open(folder.resolve(name))) {
                assertThat(read(rows)).as(name).hasSize(5);
            }
        }
    }

    @Test
    void aDamagedFileIsReadOrRefusedInTime() throws IOException, SQLException {
        byte[] whole = Files.readAllBytes(written("whole.parquet", 40, 300, ", COMPRESSION zstd, ROW_GROUP_SIZE 2048"));
        SplittableRandom random = new SplittableRandom(3);
        Path file = folder.resolve("damaged.parquet");
        int refused = 0;
        for (int n = 0; n < 150; n++) {
            byte[] damaged = whole.clone();
            for (int i = random.nextInt(4); i >= 0; i--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            Files.write(file, n % 10 == 0 ? Arrays.copyOf(damaged, random.nextInt(damaged.length)) : damaged);
            try (ParquetRows rows = ParquetRows.open(file, Duration.ofMillis(1500))) {
                read(rows);
            } catch (InputException e) {
                assertThat(e)
                        .hasMessageContaining("damaged.parquet")
                        .message()
                        .doesNotContainPattern("Cannot invoke|out of bounds|Parquet: (-?\\d+|null)?$");
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(20);
    }

    /** The library looks for the end of its page for ever, and waits for itself when it is closed. */
    @Test
    @Timeout(30)
    void aPageWithoutAnEndIsRefusedInTime() throws IOException {
        Path file = folder.resolve("endless.parquet");
        try (InputStream endless = ParquetRowsTest.class.getResourceAsStream("endless-page.parquet")) {
            Files.write(file, Objects.requireNonNull(endless).readAllBytes());
        }
        assertThatThrownBy(() -> {
                    try (ParquetRows rows = ParquetRows.open(file, Duration.ofMillis(500))) {
                        read(rows);
                    }
                })
                .isInstanceOf(InputException.class)
                .hasMessageContaining("endless.parquet cannot be read as Parquet: a page could not be decoded within");
        assertThat(Thread.getAllStackTraces().keySet())
                .as("nothing waits for a thread that is lost")
                .noneMatch(thread -> thread.getName().equals("parquet-close"));
    }

    /** What describes a Parquet file is read by going down into it. */
    @ParameterizedTest
    @ValueSource(strings = {"1c", "1919"})
    void aFileWhoseDescriptionHasNoBottomIsRefused(String step) throws IOException {
        byte[] steps = HexFormat.of().parseHex(step.repeat(300_000));
        Path file = folder.resolve("deep.parquet");
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write("PAR1".getBytes(StandardCharsets.US_ASCII));
            out.write(steps);
            out.write(ByteBuffer.allocate(4)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(steps.length)
                    .array());
            out.write("PAR1".getBytes(StandardCharsets.US_ASCII));
        }
        assertThatThrownBy(() -> ParquetRows.open(file))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("deep.parquet cannot be read as Parquet: its parts stand too deep");
    }

    @Test
    void moreColumnsThanDataHasAreRefused() throws SQLException {
        Path file = folder.resolve("wide.parquet");
        try (Connection duck = DuckDatabase.open();
                Statement sql = duck.createStatement()) {
            String columns =
                    IntStream.range(0, 1001).mapToObj(i -> i + " AS c" + i).collect(Collectors.joining(", "));
            sql.execute("COPY (SELECT " + columns + ") TO " + DuckDatabase.quoted(file) + " (FORMAT parquet)");
        }
        assertThatThrownBy(() -> ParquetRows.open(file))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("wide.parquet has 1001 columns");
    }

    @Test
    void twoColumnsOfOneNameAreRefused() throws IOException, SQLException {
        Path file = folder.resolve("twins.parquet");
        try (Connection duck = DuckDatabase.open();
                Statement sql = duck.createStatement()) {
            sql.execute("COPY (SELECT 'x' AS first_twin, 'y' AS other_twin) TO " + DuckDatabase.quoted(file)
                    + " (FORMAT parquet)");
        }
        String written = Files.readString(file, StandardCharsets.ISO_8859_1);
        Files.writeString(file, written.replace("other_twin", "first_twin"), StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> ParquetRows.open(file))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("twins.parquet has two columns called \"first_twin\"");
    }

    @Test
    void rowsWithoutEndThatHoldNothingAreRefused() throws SQLException {
        Path file = folder.resolve("nothing.parquet");
        try (Connection duck = DuckDatabase.open();
                Statement sql = duck.createStatement()) {
            sql.execute("COPY (SELECT NULL::VARCHAR AS t FROM range(3000000)) TO " + DuckDatabase.quoted(file)
                    + " (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 3000000)");
        }
        try (ParquetRows rows = ParquetRows.open(file)) {
            assertThatThrownBy(() -> read(rows))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("nothing.parquet claims more than")
                    .hasMessageContaining("it is no data");
        }
    }

    /** As if the library had asked for it: a page that large would keep the test itself from running. */
    @Test
    void whereThereIsNotMemoryEnoughASentenceSaysWhatHelps() throws IOException, SQLException {
        Path file = written("large.parquet", 3, 10, "");
        try (ParquetRows rows = ParquetRows.open(file)) {
            assertThatThrownBy(() -> rows.each(rows.columns(), (number, values) -> {
                        throw new OutOfMemoryError("Java heap space");
                    }))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("large.parquet needs more memory for one page of a column than there is");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"BROTLI", "LZ4_RAW"})
    void whatIsPackedInAWayThatIsNotReadIsToldSo(String packed) throws IOException, SQLException {
        Path file = written("packed.parquet", 30, 100, ", COMPRESSION " + packed);
        try (ParquetRows rows = ParquetRows.open(file)) {
            assertThatThrownBy(() -> read(rows))
                    .isInstanceOf(InputException.class)
                    .hasMessage(file + " cannot be read as Parquet: it is compressed as " + packed
                            + ", which is not read here: write it again with snappy, gzip or zstd");
        }
    }

    @Test
    void refusesWhatIsNoParquetFile() throws IOException {
        Path text = Files.writeString(folder.resolve("a.parquet"), "PAR1 but not Parquet");
        assertThatThrownBy(() -> ParquetRows.open(text))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("a.parquet cannot be read as Parquet");
        assertThatThrownBy(() -> ParquetRows.open(folder.resolve("none.parquet")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("there is no file");
    }
}
