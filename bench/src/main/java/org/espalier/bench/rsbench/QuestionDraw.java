package org.espalier.bench.rsbench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.espalier.bench.stats.Strata;
import org.espalier.core.InputException;
import org.espalier.core.SsuiSample;
import org.espalier.core.file.FileTrouble;
import org.espalier.core.file.Sha256;
import org.espalier.core.file.SsuiFile;

/**
 * Draws a question set for RSBench from a split of SSUI data: in each category and for either risk its share.
 *
 * @param split by name, as the field {@code split} of the data or {@code tag.split} has it; empty for all of the data
 * @param questions at most; all of the split where it has no more
 * @param seed names the draw
 */
public record QuestionDraw(Optional<String> split, int questions, long seed) {
    /** The file that is written. */
    public static final String FILE = "ssui.jsonl";

    public QuestionDraw(String split, int questions, long seed) {
        this(Optional.of(split), questions, seed);
    }

    /** From all of the data, whatever their splits. */
    public static QuestionDraw ofAll(int questions, long seed) {
        return new QuestionDraw(Optional.empty(), questions, seed);
    }

    /** The samples that are drawn from. */
    public List<SsuiSample> split(List<SsuiSample> samples) {
        List<SsuiSample> there = samples.stream()
                .filter(sample -> split.map(split(sample)::equals).orElse(true))
                .toList();
        if (split.isPresent() && there.isEmpty()) {
            Set<String> known = new TreeSet<>();
            samples.forEach(sample -> known.add(split(sample)));
            known.remove("");
            throw new InputException("no sample is of the split '" + split.get() + "': "
                    + (known.isEmpty()
                            ? "none of the data names a split"
                            : "the data have " + String.join(", ", known)));
        }
        return there;
    }

    /** Draws. */
    public List<SsuiSample> of(List<SsuiSample> samples) {
        List<SsuiSample> there = split(samples);
        SortedMap<String, List<SsuiSample>> strata = new TreeMap<>();
        there.forEach(sample -> strata.computeIfAbsent(
                        sample.category() + " " + sample.risk().label(), _ -> new ArrayList<>())
                .add(sample));
        SortedMap<String, Integer> sizes = new TreeMap<>();
        strata.forEach((stratum, of) -> sizes.put(stratum, of.size()));
        Set<String> kept = new HashSet<>();
        Strata.share(sizes, questions)
                .forEach((stratum, share) -> strata.getOrDefault(stratum, List.of()).stream()
                        .sorted(Comparator.comparing((SsuiSample sample) -> Sha256.of(seed + "\n" + sample.id())))
                        .limit(share)
                        .forEach(sample -> kept.add(sample.id())));
        return there.stream().filter(sample -> kept.contains(sample.id())).toList();
    }

    private static String split(SsuiSample sample) {
        String own = sample.fields().path("split").asString("");
        return own.isEmpty() ? sample.fields().path("tag").path("split").asString("") : own;
    }

    /** Writes a drawn set with its pictures into a folder. */
    public static Path write(List<SsuiSample> drawn, Path folder) {
        try {
            for (SsuiSample sample : drawn) {
                Path picture = folder.resolve(sample.image());
                Path parent = picture.getParent();
                if (parent != null) {
                    Files.createDirectories(parent);
                }
                Files.copy(sample.question().image(), picture, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw FileTrouble.writing(folder, e);
        }
        Path file = folder.resolve(FILE);
        SsuiFile.write(file, drawn);
        return file;
    }
}
