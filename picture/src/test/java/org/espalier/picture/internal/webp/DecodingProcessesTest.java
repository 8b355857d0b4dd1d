package org.espalier.picture.internal.webp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.espalier.core.SurroundingsException;
import org.espalier.picture.Fixtures;
import org.espalier.picture.PictureReader;
import org.espalier.picture.RgbPicture;
import org.espalier.picture.internal.PictureBytes;
import org.espalier.picture.internal.PictureHeader;
import org.espalier.picture.internal.UnreadablePicture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecodingProcessesTest {
    private static final Duration SHORT = Duration.ofSeconds(3);
    private static final String FATAL =
            "is damaged (the program that decodes it fails at it); fetch or export it again";

    private final DecodingProcesses processes = DecodingProcesses.ofThisJava();

    @AfterEach
    void close() {
        processes.close();
    }

    static List<Path> pictures() {
        return Fixtures.pictures().stream()
                .filter(file -> file.toString().endsWith(".webp"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("pictures")
    void decodesWhatIsDecodedInThisProcess(Path picture) throws Exception {
        byte[] whole = Files.readAllBytes(picture);
        for (int step : new int[] {1, 3, 1000}) {
            assertThat(decoded(new WebpDecoder(processes), whole, step))
                    .isEqualTo(decoded(WebpDecoder.inThisProcess(), whole, step));
        }
        assertThat(processes.waiting()).hasSize(1);
    }

    /** Of 6 MB, which go through the shared memory in three pieces, the last one shorter. */
    @Test
    void decodesPicturesThatAreLargerThanTheSharedMemory() throws Exception {
        byte[] whole = animation(2000, 1000);

        byte[] rgb = decoded(new WebpDecoder(processes), whole, 1);

        assertThat(rgb)
                .isEqualTo(decoded(WebpDecoder.inThisProcess(), whole, 1))
                .hasSize(3 * 2000 * 1000);
        assertThat(rgb[3 * (998 * 2000 + 1998)]).isNotEqualTo(rgb[0]);
        assertThat(decoded(new WebpDecoder(processes), whole, 7))
                .isEqualTo(decoded(WebpDecoder.inThisProcess(), whole, 7));
    }

    @Test
    void refusesRowsThatNoWebpPictureHas() {
        assertThatThrownBy(() -> decoded(new WebpDecoder(processes), animation(700_000, 1), 1))
                .isInstanceOf(UnreadablePicture.class)
                .hasMessage("is damaged (rows of 700000 pixels); fetch or export it again");
    }

    @Test
    void leavesNoFileBehind() throws Exception {
        lossy(processes);
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .noneMatch(name -> name.startsWith(
                            "espalier-pixels-" + ProcessHandle.current().pid() + "-"));
        }
    }

    /** A picture whose first frame, of one pixel, lies near its lower right corner. */
    private static byte[] animation(int width, int height) {
        byte[] pixel = Base64.getDecoder().decode("UklGRh4AAABXRUJQVlA4TBEAAAAvAAAAAAdQjyJXof+BiOh/AAA=");
        int chunk = pixel.length - 12;
        ByteBuffer file = ByteBuffer.allocate(12 + 18 + 14 + 24 + chunk).order(ByteOrder.LITTLE_ENDIAN);
        file.put(ascii("RIFF"))
                .putInt(file.capacity() - 8)
                .put(ascii("WEBPVP8X"))
                .putInt(10)
                .putInt(2);
        u24(u24(file, width - 1), height - 1);
        file.put(ascii("ANIM")).putInt(6).put(new byte[6]).put(ascii("ANMF")).putInt(16 + chunk);
        u24(u24(u24(u24(file, Math.max(0, width / 2 - 1)), Math.max(0, height / 2 - 1)), 0), 0)
                .putInt(0);
        return file.put(pixel, 12, chunk).array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static ByteBuffer u24(ByteBuffer file, int value) {
        return file.putShort((short) value).put((byte) (value >> 16));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "exits in the middle",
                "writes rubbish",
                "floods",
                "writes too little",
                "writes a reason of its own",
                "takes the memory away"
            })
    void onePictureAloneIsLostWithAProgramThat(String doing) throws Exception {
        try (DecodingProcesses broken = firstThen(doing, Duration.ofMinutes(1))) {
            UnreadablePicture refusal = catchThrowableOfType(UnreadablePicture.class, () -> lossy(broken));

            assertThat(refusal).hasMessage(FATAL);
            assertThat(refusal.perhapsByChance()).isTrue();
            assertThat(lossy(broken)).isEqualTo(expected());
        }
    }

    @Test
    void aPictureThatHangsIsGivenUpAndTheNextIsDecoded() throws Exception {
        try (DecodingProcesses broken = firstThen("hangs", SHORT)) {
            assertThatThrownBy(() -> lossy(broken))
                    .isInstanceOf(UnreadablePicture.class)
                    .hasMessage("was given up: it is not decoded after 3 s; save it again as an ordinary picture");

            assertThat(lossy(broken)).isEqualTo(expected());
        }
    }

    @Test
    void aProgramThatGoesOnTalkingIsNotAskedAgain() throws Exception {
        try (DecodingProcesses broken = firstThen("goes on talking", Duration.ofMinutes(1))) {
            lossy(broken);
            ProcessHandle talker = broken.waiting().getFirst();
            // Half an answer more lies in the pipe, or will lie there before the next one.
            assertThat(catchThrowableOfType(
                            UnreadablePicture.class,
                            () -> assertThat(lossy(broken)).isEqualTo(expected())))
                    .satisfiesAnyOf(
                            nothing -> assertThat(nothing).isNull(),
                            refusal -> assertThat(refusal).hasMessage(FATAL));

            assertThat(lossy(broken)).isEqualTo(expected());
            assertThat(broken.waiting()).doesNotContain(talker);
        }
    }

    @Test
    void anAnswerThatNobodyAskedForIsNotTakenForThatOfTheNextPicture() throws Exception {
        try (DecodingProcesses broken = firstThen("answers twice", Duration.ofMinutes(1))) {
            assertThat(lossy(broken)).isNotEqualTo(expected());

            assertThat(lossy(broken)).isEqualTo(expected());
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aProcessThatIsKilledInTheMiddleOfAPictureTakesNothingElseWithIt() throws Exception {
        lossy(processes);
        ProcessHandle process = processes.waiting().getFirst();
        signal("-STOP", process);
        try (ExecutorService other = Executors.newSingleThreadExecutor()) {
            Future<UnreadablePicture> refusal =
                    other.submit(() -> catchThrowableOfType(UnreadablePicture.class, () -> lossy(processes)));
            while (!processes.waiting().isEmpty()) {
                Thread.onSpinWait();
            }
            process.destroyForcibly();

            assertThat(refusal.get()).hasMessage(FATAL);
        }
        assertThat(lossy(processes)).isEqualTo(expected());
    }

    /** A reader tries again, since it cannot know who ended the process. */
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aPictureIsReadAllTheSameWhenSomebodyElseKillsItsProcess() throws Exception {
        Path picture = Fixtures.PICTURES.resolve("webp_lossy.webp");
        PictureReader reader = new PictureReader();
        reader.read(picture);
        List<ProcessHandle> ours = ProcessHandle.current()
                .children()
                .filter(child -> child.info().commandLine().orElse("").contains(DecodingProgram.class.getName()))
                .toList();
        for (ProcessHandle process : ours) {
            signal("-STOP", process);
        }
        List<RgbPicture> read = new ArrayList<>();
        Thread other = Thread.ofPlatform().start(() -> read.add(reader.read(picture)));
        while (other.isAlive() && !waitsForAnAnswer(other)) {
            Thread.onSpinWait();
        }
        ours.forEach(ProcessHandle::destroyForcibly);
        other.join();

        assertThat(ours).isNotEmpty();
        assertThat(read)
                .singleElement()
                .satisfies(pixels -> assertThat(pixels.rgb())
                        .isEqualTo(Fixtures.expected(picture).rgb()));
    }

    private static boolean waitsForAnAnswer(Thread thread) {
        return List.of(thread.getStackTrace()).stream()
                .anyMatch(call -> call.getClassName().equals(DecodingAnswer.class.getName()));
    }

    @Test
    void aProcessThatEndedMeanwhileIsReplaced() throws Exception {
        lossy(processes);
        ProcessHandle process = processes.waiting().getFirst();
        process.destroyForcibly();
        process.onExit().get();

        assertThat(lossy(processes)).isEqualTo(expected());
    }

    @Test
    void manyThreadsShareAProcessForEachProcessor() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
            List<Future<byte[]>> all = IntStream.range(0, 60)
                    .mapToObj(_ -> threads.submit(() -> lossy(processes)))
                    .toList();
            for (Future<byte[]> pixels : all) {
                assertThat(pixels.get()).isEqualTo(expected());
            }
        }
        assertThat(processes.waiting()).hasSizeBetween(1, Runtime.getRuntime().availableProcessors());
    }

    @Test
    void closingLeavesNoProcess() throws Exception {
        lossy(processes);
        List<ProcessHandle> started = processes.waiting();

        processes.close();

        assertThat(started).hasSize(1);
        started.getFirst().onExit().get(1, TimeUnit.MINUTES);
        assertThat(started.getFirst().isAlive()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"false, 0", "true, 143"})
    @DisabledOnOs(OS.WINDOWS)
    void aProcessEndsByItselfWhenNobodyIsLeftToAskAndNotBefore(boolean interrupted, int code) throws Exception {
        List<String> command = new ArrayList<>(DecodingCommand.ofThisJava());
        SharedPixels shared = SharedPixels.create();
        command.add(shared.file().toString());
        Process process = new ProcessBuilder(command).start();
        try (BufferedReader said = process.inputReader()) {
            assertThat(said.readLine()).isEqualTo(DecodingProgram.GREETING);
            if (interrupted) {
                // As when Ctrl-C reaches every process of a terminal.
                signal("-TERM", process.toHandle());
            }
            assertThat(process.waitFor(300, TimeUnit.MILLISECONDS)).isFalse();

            process.outputWriter().close();

            assertThat(process.waitFor()).isEqualTo(code);
        } finally {
            process.destroyForcibly();
            shared.unname();
        }
    }

    @Test
    void aProcessSeesNothingOfTheEnvironment() throws Exception {
        assertThat(System.getenv()).containsKey("ESPALIER_CACHE");
        try (DecodingProcesses telling = firstThen("tells its surroundings", Duration.ofMinutes(1))) {
            assertThatThrownBy(() -> lossy(telling))
                    .hasMessageStartingWith("was decoded where there are [")
                    .hasMessageNotContaining("ESPALIER_CACHE")
                    .hasMessageNotContaining("PATH");
        }
    }

    @Test
    void saysThatAProcessCannotBeStarted() {
        try (DecodingProcesses none =
                        new DecodingProcesses(() -> List.of("/no/such/java", "x"), Duration.ofMinutes(1));
                DecodingProcesses ending = firstThen("does not start", Duration.ofMinutes(1))) {
            assertThatThrownBy(() -> lossy(none))
                    .isInstanceOf(SurroundingsException.class)
                    .hasMessageStartingWith(
                            "The process in which WebP pictures are decoded does not start (Cannot run");
            assertThatThrownBy(() -> lossy(ending))
                    .isInstanceOf(SurroundingsException.class)
                    .hasMessage("The process in which WebP pictures are decoded does not start (Error: Could not create"
                            + " the Java Virtual Machine.); let this program start processes and load libraries from the"
                            + " temporary folder, or convert WebP pictures to PNG.");
        }
    }

    /** Processes of which the first does so, and the others decode. */
    private static DecodingProcesses firstThen(String doing, Duration limit) {
        AtomicInteger started = new AtomicInteger();
        List<String> sound = DecodingCommand.ofThisJava();
        List<String> broken = new ArrayList<>(sound.subList(0, sound.size() - 2));
        broken.add(sound.get(sound.size() - 2)
                + File.pathSeparator
                + Path.of(System.getProperty("espalier.root"), "picture", "target", "test-classes"));
        broken.addAll(List.of(BrokenProgram.class.getName(), doing));
        return new DecodingProcesses(() -> started.getAndIncrement() == 0 ? broken : sound, limit);
    }

    private static void signal(String name, ProcessHandle process) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", name, Long.toString(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    private static byte[] lossy(DecodingProcesses processes) throws IOException, UnreadablePicture {
        return decoded(new WebpDecoder(processes), Fixtures.bytes("webp_lossy.webp"), 1);
    }

    private static byte[] expected() throws IOException {
        return Fixtures.expected(Fixtures.PICTURES.resolve("webp_lossy.webp")).rgb();
    }

    private static byte[] decoded(WebpDecoder decoder, byte[] whole, int step) throws IOException, UnreadablePicture {
        PictureHeader header = decoder.header(PictureBytes.of(whole));
        return decoder.decode(whole, header, step);
    }
}
