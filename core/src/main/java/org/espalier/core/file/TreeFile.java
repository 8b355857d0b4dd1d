package org.espalier.core.file;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.espalier.core.InputException;
import org.espalier.core.PathTree;
import org.espalier.core.Question;

/** {@code trees.jsonl}: what exploration found (schema: {@code docs/schema/trees.schema.json}). */
public final class TreeFile {
    /** Its name in the folder of an exploration. */
    public static final String NAME = "trees.jsonl";

    private TreeFile() {}

    /** Reads a whole file into memory. */
    public static List<PathTree> read(Path file) {
        List<PathTree> trees = new ArrayList<>();
        each(file, trees::add);
        return List.copyOf(trees);
    }

    /**
     * Hands over the trees of a file one by one.
     *
     * @throws InputException naming every line and field that is wrong, after the sound ones were handed over
     */
    public static void each(Path file, Consumer<PathTree> take) {
        Map<String, Long> lineOfId = new HashMap<>();
        JsonLines.read(file, line -> {
            PathTree tree = TreeReader.read(line);
            Long first = lineOfId.putIfAbsent(tree.id(), line.line());
            if (first != null) {
                line.wrong("id", "\"" + tree.id() + "\" stands in line " + first + " already");
            }
            if (line.sound()) {
                take.accept(tree);
            }
        });
    }

    /**
     * The tree of one line.
     *
     * @param number of the line, from 1, for complaints
     * @throws InputException naming every field that is wrong
     */
    public static PathTree parse(Path file, long number, String line) {
        Problems problems = new Problems(file);
        Optional<PathTree> tree = Fields.of(line, number, problems).map(TreeReader::read);
        problems.throwIfAny();
        return tree.orElseThrow();
    }

    /**
     * The question of a tree, with its picture found again.
     *
     * @param dataFile the {@code ssui.jsonl} that was explored
     * @throws InputException if the picture is not below that file's folder
     */
    public static Question question(PathTree tree, Path dataFile) {
        return switch (new PictureFile(dataFile).find(tree.image())) {
            case PictureFile.Found.At(Path picture) -> new Question(tree.id(), picture, tree.query());
            case PictureFile.Found.Not(String why) ->
                throw new InputException("the tree of question " + tree.id() + ": " + why);
        };
    }

    /** One tree as a line of the file, without the line end. */
    public static String line(PathTree tree) {
        return Json.line(TreeWriter.write(tree));
    }

    /** Trees as the text of a file. */
    public static String text(List<PathTree> trees) {
        StringBuilder text = new StringBuilder();
        trees.forEach(tree -> text.append(line(tree)).append('\n'));
        return text.toString();
    }

    /**
     * The trees of such a text.
     *
     * @param file where it comes from, for complaints
     */
    public static List<PathTree> parse(Path file, String text) {
        List<String> lines = text.lines().toList();
        return IntStream.range(0, lines.size())
                .mapToObj(i -> parse(file, i + 1, lines.get(i)))
                .toList();
    }

    /** Writes trees, whole or not at all. */
    public static void write(Path file, List<PathTree> trees) {
        AtomicFile.write(file, text(trees));
    }
}
