package org.espalier.lab.studio;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.espalier.core.file.AtomicFile;
import org.espalier.core.file.FileTrouble;
import org.espalier.core.file.Json;
import org.espalier.ssui.taxonomy.RiskCategory;
import org.espalier.ssui.taxonomy.Taxonomy;

/**
 * A file of drafts of the sizes that other review tools were measured with: queries of 15 words, five steps of 30, out
 * of a vocabulary of 22, so that every search finds a great many.
 */
final class SyntheticDrafts {
    /** The file's name in its folder. */
    public static final String NAME = "ssui.jsonl";

    private static final int PICTURES = 100;
    private static final int PICTURE_BYTES = 75_000;
    private final Random random;
    private final SyntheticText texts;
    private final List<String> categories =
            Taxonomy.composed().tertiary().stream().map(RiskCategory::id).toList();

    private SyntheticDrafts(long seed) {
        this.random = new Random(seed);
        this.texts = new SyntheticText(random);
    }

    /** Writes so many drafts, and a hundred files of pictures' size for them, into a folder. @return the file */
    public static Path write(Path folder, int count, long seed) {
        SyntheticDrafts drafts = new SyntheticDrafts(seed);
        Path file = folder.resolve(NAME);
        try {
            Files.createDirectories(folder.resolve("images"));
            for (int i = 0; i < PICTURES; i++) {
                byte[] bytes = new byte[PICTURE_BYTES];
                drafts.random.nextBytes(bytes);
                Files.write(folder.resolve(image(i)), bytes);
            }
        } catch (IOException e) {
            throw FileTrouble.writing(folder, e);
        }
        AtomicFile.write(file, out -> {
            for (int i = 0; i < count; i++) {
                out.write((drafts.line(i) + "\n").getBytes(StandardCharsets.UTF_8));
            }
        });
        return file;
    }

    private static String image(int number) {
        return "images/%03d.jpg".formatted(number % PICTURES);
    }

    private String line(int number) {
        String query = texts.text(15);
        List<String> steps =
                new ArrayList<>(Stream.generate(() -> texts.text(30)).limit(4).toList());
        String answer = texts.text(3);
        // A sample is accepted only where its last step holds the answer.
        steps.add(texts.text(27) + " " + answer);
        return Json.line(Json.object()
                .put("id", "draft-%06d".formatted(number))
                .put("image", image(number))
                .put("query", query)
                .set("steps", Json.tree(steps))
                .put("answer", answer)
                .put("risk", random.nextInt(5) == 0 ? "safe" : "unsafe")
                .put("category", categories.get(random.nextInt(categories.size()))));
    }
}
