package org.espalier.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.bytedeco.javacpp.PointerScope;
import org.espalier.core.InputException;
import org.espalier.core.SurroundingsException;
import org.espalier.core.file.FileTrouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnsoundSafetensorsTest {
    @TempDir
    Path folder;

    /** Eight bytes follow each of these headers. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[]                                                                     | header does not begin with {",
                "` {}`                                                                  | header does not begin with {",
                "{\"w\":                                                                | header is not JSON",
                "{} x                                                                   | header is not JSON",
                "{} {}                                                                  | something follows the object",
                "{}                                                                     | 8 bytes at its end belong to",
                "{\"w\":1}                                                              | \"w\" is not described by",
                "{\"w\":{\"shape\":[2],\"data_offsets\":[0,8]}}                          | \"w\" has no dtype",
                "{\"w\":{\"dtype\":7,\"shape\":[2],\"data_offsets\":[0,8]}}              | \"w\" has a dtype that is not",
                "{\"w\":{\"dtype\":\"F31\",\"shape\":[2],\"data_offsets\":[0,8]}}        | \"w\" has the dtype \"F31\"",
                "{\"w\":{\"dtype\":\"F32\",\"data_offsets\":[0,8]}}                      | \"w\" has no shape",
                "{\"w\":{\"dtype\":\"F32\",\"shape\":2,\"data_offsets\":[0,8]}}          | \"w\" has no list of numbers",
                "{\"w\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}}       | whole numbers from 0",
                "{\"w\":{\"dtype\":\"F32\",\"shape\":[2.0],\"data_offsets\":[0,8]}}      | whole numbers from 0",
                "{\"w\":{\"dtype\":\"F32\",\"shape\":[[2]],\"data_offsets\":[0,8]}}      | whole numbers from 0",
                "{\"w\":{\"dtype\":\"F32\",\"shape\":[9223372036854775808],\"data_offsets\":[0,8]}} | whole numbers",
                "{\"w\":{\"dtype\":\"F32\",\"shape\":[2]}}                               | \"w\" has no data_offsets",
                "{\"w\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8]}}          | has 1 data_offsets where two",
                "{\"w\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4,8]}}      | more than 2 numbers in its data",
                "{\"w\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,0]}}        | should lie at bytes 8 to 0",
                "{\"w\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0,16]}}       | but 8 bytes follow the header",
                "{\"w\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]}}        | has 8 bytes where F32 of shape [3] needs 12",
                "{\"w\":{\"dtype\":\"I64\",\"shape\":[],\"data_offsets\":[0,4]}}         | has 4 bytes where I64 of shape [] needs 8",
                "{\"w\":{\"dtype\":\"F4\",\"shape\":[3],\"data_offsets\":[0,1]}}         | needs 2",
                "{\"w\":{\"dtype\":\"F32\",\"shape\":[4294967296,4294967296],\"data_offsets\":[0,0]}} | too large for any memory",
                "{\"w\":{\"dtype\":\"F32\",\"shape\":[0,4294967296,4294967296],\"data_offsets\":[0,0]}} | too large for any",
                "{\"w\":{\"dtype\":\"F32\",\"shape\":[2305843009213693953],\"data_offsets\":[0,4]}} | too large for any memory",
                "{\"__metadata__\":[],\"w\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}} | __metadata__ is not",
                "{\"__metadata__\":{\"a\":1},\"w\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}} | no text under \"a\"",
            })
    void refusesAHeaderThatLies(String header, String sentence) throws IOException {
        Path file = SafetensorsBytes.write(folder.resolve("bad.safetensors"), header, new byte[8]);
        assertRefused(file, sentence);
    }

    @Test
    void refusesOverlapsHolesAndNamesThatStandTwice() throws IOException {
        String half = "{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[%d,%d]}";
        Path file = folder.resolve("bad.safetensors");
        String first = "{\"w\":" + half.formatted(0, 4);
        SafetensorsBytes.write(file, first + ",\"v\":" + half.formatted(2, 6) + "}", new byte[6]);
        assertRefused(file, "\"v\" overlaps the tensor \"w\"");
        SafetensorsBytes.write(file, first + ",\"v\":" + half.formatted(0, 4) + "}", new byte[4]);
        assertRefused(file, "\"w\" overlaps the tensor \"v\"");
        SafetensorsBytes.write(file, first + ",\"v\":" + half.formatted(6, 10) + "}", new byte[10]);
        assertRefused(file, "\"v\" begins 2 bytes too late");
        SafetensorsBytes.write(file, first + ",\"w\":" + half.formatted(4, 8) + "}", new byte[8]);
        assertRefused(file, "Duplicate");
    }

    @Test
    void refusesAHeaderOfWrongLengthOrCoding() throws IOException {
        Path file = folder.resolve("bad.safetensors");
        byte[] json = "{}".getBytes(StandardCharsets.UTF_8);
        SafetensorsBytes.write(file, 3, json);
        assertRefused(file, "is truncated: its header is 3 bytes long, but only 2 bytes follow");
        SafetensorsBytes.write(file, 0, json);
        assertRefused(file, "does not begin with {");
        SafetensorsBytes.write(file, 100_000_001, json);
        assertRefused(file, "100000001 bytes long, more than the format's 100000000");
        SafetensorsBytes.write(file, -1, json);
        assertRefused(file, "18446744073709551615 bytes long");
        SafetensorsBytes.write(file, 3, new byte[] {'{', (byte) 0xC3, '}'});
        assertRefused(file, "not UTF-8 text");
        SafetensorsBytes.write(file, "{\"w\":{\"x\":" + "[".repeat(100_000), new byte[0]);
        assertRefused(file, "header is not JSON");
    }

    @Test
    void refusesMoreDimensionsThanLibtorchComputesWith() throws IOException {
        String shape = "[" + "1,".repeat(64) + "1]";
        Path file = SafetensorsBytes.write(
                folder.resolve("deep.safetensors"),
                "{\"w\":{\"dtype\":\"F32\",\"shape\":" + shape + ",\"data_offsets\":[0,4]}}",
                new byte[4]);
        assertRefused(file, "more than 64 numbers in its shape");
    }

    @Test
    void refusesWhatIsNoSuchFile() throws IOException {
        assertRefused(folder.resolve("absent.safetensors"), "there is no file");
        assertRefused(folder, "is not a file");
        assertRefused(Files.createFile(folder.resolve("empty.safetensors")), "it has 0 bytes");
        assertRefused(Files.write(folder.resolve("short.safetensors"), new byte[7]), "it has 7 bytes");
        assertRefused(
                Files.writeString(folder.resolve("p.safetensors"), "version https://git-lfs.github.com/spec/v1\n"),
                "Git LFS pointer");
    }

    @Test
    void refusesEveryTruncationOfASoundFile() throws IOException {
        Path whole = folder.resolve("whole.safetensors");
        try (PointerScope scope = new PointerScope()) {
            SafetensorsWriter.write(whole, Map.of("w", Placement.CPU.numbers(new float[] {1, 2, 3}, 3)));
        }
        byte[] bytes = Files.readAllBytes(whole);
        Path cut = folder.resolve("cut.safetensors");
        for (int length = 0; length < bytes.length; length++) {
            assertRefused(Files.write(cut, Arrays.copyOf(bytes, length)), "");
        }
    }

    @Test
    void describesButDoesNotReadAKindItDoesNotComputeWith() throws IOException {
        Path file = SafetensorsBytes.write(
                folder.resolve("f8.safetensors"),
                "{\"w\":{\"dtype\":\"F8_E4M3\",\"shape\":[2],\"data_offsets\":[0,2]}}",
                new byte[2]);
        try (SafetensorsFile read = SafetensorsFile.open(file)) {
            assertThat(read.info("w")).isEqualTo(new TensorInfo(Dtype.F8_E4M3, List.of(2L)));
            assertThatThrownBy(() -> read.read("w"))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("\"w\"")
                    .hasMessageContaining(file.toString())
                    .hasMessageContaining("F8_E4M3, which Espalier does not compute with");
            assertThatThrownBy(() -> read.info("v\n"))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("no tensor \"v?\" in " + file);
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void reportsAFileThatShrinksWhileItIsRead() throws IOException {
        Path file = folder.resolve("shrinks.safetensors");
        try (PointerScope scope = new PointerScope()) {
            SafetensorsWriter.write(file, Map.of("w", Placement.CPU.numbers(new float[1 << 18], 1 << 18)));
        }
        try (SafetensorsFile read = SafetensorsFile.open(file)) {
            try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
                raw.setLength(4096);
            }
            assertThatThrownBy(() -> read.read("w"))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining(file + " became shorter");
        }
    }

    /** What is mapped loses its pages in the middle of a copy, which must not end the virtual machine. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void aFileThatShrinksInTheMiddleOfACopyIsOneSentence() throws Exception {
        Path file = folder.resolve("shrinks.safetensors");
        try (PointerScope scope = new PointerScope()) {
            SafetensorsWriter.write(file, Map.of("w", Placement.CPU.numbers(new float[1 << 22], 1 << 22)));
        }
        long size = Files.size(file);
        AtomicBoolean done = new AtomicBoolean();
        AtomicInteger shorter = new AtomicInteger();
        try (SafetensorsFile read = SafetensorsFile.open(file);
                RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
            Thread shrinking = Thread.ofPlatform().start(() -> {
                Random random = new Random(7);
                while (!done.get()) {
                    FileTrouble.writing(file, () -> {
                        raw.setLength(random.nextLong(4096, size));
                        raw.setLength(size);
                    });
                }
            });
            for (int i = 0; i < 400 || shorter.get() == 0; i++) {
                try (PointerScope scope = new PointerScope()) {
                    read.read("w");
                } catch (InputException | SurroundingsException e) {
                    assertThat(e).hasMessageContaining(file.toString());
                    shorter.incrementAndGet();
                }
            }
            done.set(true);
            shrinking.join();
        }
    }

    private static void assertRefused(Path file, String sentence) {
        assertThatThrownBy(() -> SafetensorsFile.open(file).close())
                .isInstanceOf(InputException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(sentence);
    }
}
