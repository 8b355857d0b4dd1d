package org.espalier.greenhouse.internal.picture;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** A scene as the bytes of a PNG, labelled with what it shows. */
public final class ScenePng {
    private ScenePng() {}

    /** Paints and encodes. */
    public static byte[] of(ScenePainter painter, Scene scene) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageIO.write(painter.image(scene), "png", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return SceneLabel.write(bytes.toByteArray(), scene);
    }
}
