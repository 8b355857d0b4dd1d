package org.espalier.ssui.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.espalier.picture.PictureLimits;
import org.espalier.picture.PictureScanner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureLooksTest {
    @TempDir
    Path folder;

    @Test
    void whoWantsItToStopIsHeardWithinAPicture() throws IOException {
        PictureLooks looks = new PictureLooks(List.of(slow()), new PictureScanner(PictureLimits.LOOSE));
        assertThatThrownBy(() -> looks.lines(0, done -> {
                    assertThat(done).isZero();
                    throw new CancellationException("Ctrl-C");
                }))
                .isInstanceOf(CancellationException.class)
                .hasMessage("Ctrl-C");
        assertThat(looks.lines(0, done -> {})).singleElement().asString().contains("\"format\":\"jpeg\"");
    }

    /** A progressive JPEG with about as many scans as one may have, so that it takes seconds. */
    private Path slow() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ImageWriteParam parameters = writer.getDefaultWriteParam();
        parameters.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(out);
            BufferedImage grey = new BufferedImage(2500, 2500, BufferedImage.TYPE_BYTE_GRAY);
            writer.write(null, new IIOImage(grey, null, null), parameters);
        } finally {
            writer.dispose();
        }
        String once = bytes.toString(StandardCharsets.ISO_8859_1);
        int lastScan = once.lastIndexOf("\u00FF\u00DA");
        int end = once.lastIndexOf("\u00FF\u00D9");
        String slow = once.substring(0, end) + once.substring(lastScan, end).repeat(50) + once.substring(end);
        return Files.writeString(folder.resolve("slow.jpg"), slow, StandardCharsets.ISO_8859_1);
    }
}
