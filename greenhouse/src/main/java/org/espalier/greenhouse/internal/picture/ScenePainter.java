package org.espalier.greenhouse.internal.picture;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;
import org.espalier.core.file.Shipped;
import org.espalier.greenhouse.world.Thing;
import org.espalier.greenhouse.world.World;

/**
 * Turns scenes into pixels, in whole numbers only: the same bytes on every machine and JDK. Painting one takes a
 * fraction of a millisecond; loading the sheets takes about a second. Safe for use by several threads.
 */
public final class ScenePainter {
    private static final int SHEET_CELL = 64;
    private static final int SHEET_COLUMNS = 8;
    private static final int[] TINTS = {0xF7F4EC, 0xE6F0F7, 0xEAF5E4, 0xFBE9E7, 0xEFE8F6, 0xFFF8D6};

    /** By style, size and thing. */
    private final Sprite[][][] sprites;

    public ScenePainter(World world) {
        sprites = new Sprite[Drawing.Style.values().length][Scene.SIZES.size()]
                [world.things().size()];
        for (Drawing.Style style : Drawing.Style.values()) {
            BufferedImage sheet = sheet(style);
            int width = sheet.getWidth();
            int[] pixels = sheet.getRGB(0, 0, width, sheet.getHeight(), null, 0, width);
            for (Thing thing : world.things()) {
                int left = thing.index() % SHEET_COLUMNS * SHEET_CELL;
                int top = thing.index() / SHEET_COLUMNS * SHEET_CELL;
                Sprite whole = Sprite.cut(pixels, width, left, top, SHEET_CELL);
                for (int size = 0; size < Scene.SIZES.size(); size++) {
                    sprites[style.ordinal()][size][thing.index()] = whole.shrunk(Scene.SIZES.get(size));
                }
            }
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
        Sprite sprite = sprites[item.drawing().style().ordinal()][size][
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
