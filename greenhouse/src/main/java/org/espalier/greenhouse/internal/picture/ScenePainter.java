package org.espalier.greenhouse.internal.picture;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.espalier.core.file.Shipped;

/**
 * Turns scenes into pixels, in whole numbers only: the same bytes on every machine and JDK. Painting one takes a
 * fraction of a millisecond; the first of a process loads the sheets, which takes about a second. Safe for use by several threads.
 */
public final class ScenePainter {
    private static final int SHEET_CELL = 64;
    private static final int SHEET_COLUMNS = 8;
    private static final int[] TINTS = {0xF7F4EC, 0xE6F0F7, 0xEAF5E4, 0xFBE9E7, 0xEFE8F6, 0xFFF8D6};

    /** What is painted, of the size it is painted in: made once, since a second is long. */
    private static final class Sprites {
        /** By style, size and place in the sheet. */
        static final Sprite[][][] ALL =
                Arrays.stream(Drawing.Style.values()).map(Sprites::of).toArray(Sprite[][][]::new);

        private static Sprite[][] of(Drawing.Style style) {
            BufferedImage sheet = sheet(style);
            int width = sheet.getWidth();
            int[] pixels = sheet.getRGB(0, 0, width, sheet.getHeight(), null, 0, width);
            Sprite[] whole = IntStream.range(0, sheet.getHeight() / SHEET_CELL * SHEET_COLUMNS)
                    .mapToObj(i -> Sprite.cut(
                            pixels, width, i % SHEET_COLUMNS * SHEET_CELL, i / SHEET_COLUMNS * SHEET_CELL, SHEET_CELL))
                    .toArray(Sprite[]::new);
            return Scene.SIZES.stream()
                    .map(size -> Arrays.stream(whole)
                            .map(sprite -> sprite.shrunk(size))
                            .toArray(Sprite[]::new))
                    .toArray(Sprite[][]::new);
        }
    }

    private static BufferedImage sheet(Drawing.Style style) {
        String name = "/org/espalier/greenhouse/drawings/" + style.key() + ".png";
        try {
            return ImageIO.read(new ByteArrayInputStream(Shipped.bytes(ScenePainter.class, name)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The picture: {@link Scene#SIDE} squared times red, green, blue, row by row. */
    public byte[] paint(Scene scene) {
        byte[] rgb = new byte[Scene.SIDE * Scene.SIDE * 3];
        int tint = TINTS[scene.tint()];
        for (int i = 0; i < rgb.length; i += 3) {
            rgb[i] = (byte) (tint >> 16);
            rgb[i + 1] = (byte) (tint >> 8);
            rgb[i + 2] = (byte) tint;
        }
        scene.items().forEach(item -> lay(item, rgb));
        return rgb;
    }

    private void lay(Scene.Item item, byte[] rgb) {
        int size = Scene.SIZES.indexOf(item.size());
        Sprite sprite = Sprites.ALL[item.drawing().style().ordinal()][size][
                item.drawing().thing().index()];
        int left = item.cell() % 2 * Scene.CELL + item.left();
        int top = item.cell() / 2 * Scene.CELL + item.top();
        int side = sprite.side();
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                int from = y * side + (item.mirrored() ? side - 1 - x : x);
                int to = ((top + y) * Scene.SIDE + left + x) * 3;
                int rest = 255 - sprite.alpha()[from];
                rgb[to] = over(sprite.red()[from], rgb[to], rest);
                rgb[to + 1] = over(sprite.green()[from], rgb[to + 1], rest);
                rgb[to + 2] = over(sprite.blue()[from], rgb[to + 2], rest);
            }
        }
    }

    private static byte over(int colour, byte below, int rest) {
        return (byte) Math.min(255, colour + ((below & 255) * rest + 127) / 255);
    }

    /** The picture as the JDK's imaging classes know it, for writing files. */
    public BufferedImage image(Scene scene) {
        byte[] rgb = paint(scene);
        BufferedImage image = new BufferedImage(Scene.SIDE, Scene.SIDE, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < Scene.SIDE * Scene.SIDE; i++) {
            int colour = (rgb[3 * i] & 255) << 16 | (rgb[3 * i + 1] & 255) << 8 | (rgb[3 * i + 2] & 255);
            image.setRGB(i % Scene.SIDE, i / Scene.SIDE, colour);
        }
        return image;
    }
}
