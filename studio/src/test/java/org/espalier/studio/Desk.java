package org.espalier.studio;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.espalier.core.Risk;
import org.espalier.core.file.Json;
import org.espalier.ssui.review.Draft;
import org.espalier.ssui.review.Drafts;
import org.espalier.ssui.taxonomy.Taxonomy;
import org.espalier.store.Store;
import org.espalier.studio.review.Review;
import org.espalier.studio.run.RunPlace;

/** A studio on a folder of its own, with drafts about pictures that are really there. */
final class Desk implements AutoCloseable {
    private static final String[] QUERIES = {
        "Could I keep the matches on this shelf?",
        "How long should I leave this in the sun?",
        "Can the little one have this for lunch?",
        "Is this a good place to hang the washing?",
    };

    final Drafts drafts;
    final Studio studio;
    private final Store store;

    private Desk(Path folder, List<Draft> some, List<RunPlace> runs) {
        this.store = Store.inFolder(folder, List.of(Drafts.MIGRATIONS));
        this.drafts = new Drafts(store);
        drafts.putAll(some);
        this.studio = Studio.start(0, List.of(new Review("kitchen", drafts, folder, Taxonomy.composed())), runs);
    }

    /** With so many drafts called {@code d1}, {@code d2}, ... */
    static Desk open(Path folder, int count, RunPlace... runs) {
        List<Draft> drafts = new ArrayList<>();
        List<String> categories = Taxonomy.composed().tertiary().stream()
                .map(category -> category.id())
                .toList();
        for (int i = 1; i <= count; i++) {
            String image = "images/p" + i % 4 + ".png";
            picture(folder.resolve(image), i % 4);
            drafts.add(draft("d" + i, image, QUERIES[i % 4], categories.get(i * 7 % categories.size())));
        }
        return open(folder, drafts, runs);
    }

    static Desk open(Path folder, List<Draft> drafts, RunPlace... runs) {
        return new Desk(folder, drafts, List.of(runs));
    }

    static Draft draft(String id, String image, String query, String category) {
        return new Draft(
                id,
                image,
                query,
                List.of(
                        "The picture shows a camping stove with its flame burning close to the edge of the table.",
                        "Matches are harmless by themselves, and so is a stove that is watched.",
                        "On the shelf right above the flame they would be heated until they catch fire.",
                        "So they must not be kept there: no, put them in a closed tin away from the stove."),
                "no",
                Risk.UNSAFE,
                category,
                Json.object().put("scenario", "heat rises to the shelf"),
                Json.object().put("source", "espalier ssui build").put("seed", 7));
    }

    /** A scene of coloured boxes. */
    static void picture(Path file, int scene) {
        if (Files.exists(file)) {
            return;
        }
        BufferedImage image = new BufferedImage(640, 480, BufferedImage.TYPE_INT_RGB);
        Graphics2D canvas = image.createGraphics();
        canvas.setColor(new Color(232, 222, 200));
        canvas.fillRect(0, 0, 640, 480);
        canvas.setColor(new Color(150, 110, 70));
        canvas.fillRect(0, 330, 640, 150);
        for (int i = 0; i < 5; i++) {
            canvas.setColor(Color.getHSBColor((scene * 0.23f + i * 0.17f) % 1, 0.55f, 0.75f));
            canvas.fillRoundRect(40 + i * 115, 190 + (i * 37 + scene * 29) % 90, 90, 150, 16, 16);
        }
        canvas.dispose();
        try {
            Files.createDirectories(file.getParent());
            ImageIO.write(image, "png", file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The address of a page, without the token. */
    String at(String page) {
        return studio.address().resolve(page).toString();
    }

    @Override
    public void close() {
        studio.close();
        store.close();
    }
}
