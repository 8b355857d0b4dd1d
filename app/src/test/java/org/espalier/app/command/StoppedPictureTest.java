package org.espalier.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.espalier.app.Main;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C while one picture is decoded that takes seconds. A real process, for it is its end that is looked at. */
@DisabledOnOs(OS.WINDOWS)
class StoppedPictureTest {
    /** What a shell says of a process that a signal ended: 128, and 15 for the one that is sent where no terminal is. */
    private static final int STOPPED = 143;

    @TempDir
    Path folder;

    @Test
    @Timeout(120)
    void isGivenUpAndLookedAtByTheSameCommand() throws Exception {
        Path pictures = Files.createDirectory(folder.resolve("pictures"));
        Files.write(pictures.resolve("slow.jpg"), slow());
        Path pool = folder.resolve("pool");
        Path said = folder.resolve("said.txt");
        Process intake = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "ssui",
                        "intake",
                        pictures.toString(),
                        "--out",
                        pool.toString())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        while (!Files.exists(pool.resolve(".intake/chosen.jsonl")) && intake.isAlive()) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        intake.destroy();

        assertThat(intake.waitFor()).as(Files.readString(said)).isEqualTo(STOPPED);
        assertThat(said)
                .content()
                .doesNotContain("in the middle of a piece of work")
                .doesNotContain("\tat ");
        assertThat(pool.resolve("pool.jsonl")).doesNotExist();
        assertThat(pool.resolve(".intake/decided.jsonl"))
                .satisfiesAnyOf(
                        log -> assertThat(log).doesNotExist(),
                        log -> assertThat(log).isEmptyFile());

        new Typed().done("ssui intake", pictures, "--out", pool);
        assertThat(Files.readAllLines(pool.resolve("pool.jsonl"))).hasSize(1);
    }

    /** A progressive JPEG with about as many scans as one may have. */
    private static byte[] slow() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ImageWriteParam parameters = writer.getDefaultWriteParam();
        parameters.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(out);
            BufferedImage grey = new BufferedImage(3000, 3000, BufferedImage.TYPE_BYTE_GRAY);
            writer.write(null, new IIOImage(grey, null, null), parameters);
        } finally {
            writer.dispose();
        }
        String once = bytes.toString(StandardCharsets.ISO_8859_1);
        int lastScan = once.lastIndexOf("\u00FF\u00DA");
        int end = once.lastIndexOf("\u00FF\u00D9");
        String slow = once.substring(0, end) + once.substring(lastScan, end).repeat(50) + once.substring(end);
        return slow.getBytes(StandardCharsets.ISO_8859_1);
    }
}
