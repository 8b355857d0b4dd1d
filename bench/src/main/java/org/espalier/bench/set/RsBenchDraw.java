package org.espalier.bench.set;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.espalier.bench.run.Selection;
import org.espalier.bench.suite.BenchmarkItem;
import org.espalier.bench.suite.QuestionSet;
import org.espalier.core.InputException;
import org.espalier.core.SsuiSample;
import org.espalier.core.file.FileTrouble;
import org.espalier.core.file.SsuiFile;

/**
 * Draws a question set for RSBench from a split of SSUI data: in each category and for either risk its share.
 *
 * @param split by name, as the field {@code split} of the data or {@code tag.split} has it
 * @param questions at most; all of the split where it has no more
 * @param seed names the draw
 */
public record RsBenchDraw(String split, int questions, long seed) {
    /** The file that is written. */
    public static final String FILE = "ssui.jsonl";

    /** What stands for the whole of the data, where no split is called so. */
    public static final String ALL = "all";

    /** The samples that are drawn from. */
    public List<SsuiSample> split(List<SsuiSample> samples) {
        List<SsuiSample> there =
                samples.stream().filter(sample -> split(sample).equals(split)).toList();
        if (there.isEmpty() && split.equals(ALL)) {
            return List.copyOf(samples);
        }
        if (there.isEmpty()) {
            Set<String> known = new TreeSet<>();
            samples.forEach(sample -> known.add(split(sample)));
            known.remove("");
            throw new InputException("no sample is of the split '" + split + "': "
                    + (known.isEmpty()
                            ? "none of the data names a split; 'all' stands for all of them"
                            : "the data have " + String.join(", ", known)));
        }
        return there;
    }

    /** Draws. */
    public List<SsuiSample> of(List<SsuiSample> samples) {
        List<BenchmarkItem> items =
                split(samples).stream().map(BenchmarkItem::of).toList();
        QuestionSet set = new QuestionSet(Path.of(""), List.of(), items, List.of());
        return Selection.stratified(set, questions, seed).items().stream()
                .flatMap(item -> item.sample().stream())
                .toList();
    }

    private static String split(SsuiSample sample) {
        String own = sample.fields().path("split").asString("");
        return own.isEmpty() ? sample.fields().path("tag").path("split").asString("") : own;
    }

    /** Writes a drawn set with its pictures into a folder. */
    public static Path write(List<SsuiSample> drawn, Path folder) {
        FileTrouble.writing(folder, () -> {
            for (SsuiSample sample : drawn) {
                Path picture = folder.resolve(sample.image());
                Path parent = picture.getParent();
                if (parent != null) {
                    Files.createDirectories(parent);
                }
                Files.copy(sample.question().image(), picture, StandardCopyOption.REPLACE_EXISTING);
            }
        });
        Path file = folder.resolve(FILE);
        SsuiFile.write(file, drawn);
        return file;
    }
}
