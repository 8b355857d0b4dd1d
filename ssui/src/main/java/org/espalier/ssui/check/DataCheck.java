package org.espalier.ssui.check;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.espalier.core.InputException;
import org.espalier.core.Progress;
import org.espalier.core.file.Fields;
import org.espalier.core.file.Problems;
import org.espalier.core.file.SsuiFile;
import org.espalier.ssui.export.Export;
import org.espalier.ssui.foreign.QuestionFile;

/**
 * Checks files of samples. The field {@code split} says to which split a sample belongs; of several files, one without
 * that field is a split of its own.
 */
public record DataCheck(List<Path> files, CheckSettings settings) {
    public DataCheck {
        files = files.stream().map(DataCheck::samples).toList();
    }

    /** The file of samples that somebody means who names it, or the folder of a dataset. */
    private static Path samples(Path named) {
        Path file = Files.isDirectory(named) ? named.resolve(Export.NAME) : named;
        if (Files.isDirectory(named) && !Files.exists(file)) {
            throw new InputException(named + " holds no " + Export.NAME + ": name a file of samples, or the folder that"
                    + " 'espalier ssui export' wrote");
        }
        return file;
    }

    /**
     * Checks all of it.
     *
     * @throws InputException if a file cannot be read at all
     */
    public CheckReport run(Progress progress) {
        SampleCheck samples = new SampleCheck(settings.taxonomy());
        PictureCheck pictures = new PictureCheck();
        SortedMap<String, Integer> splits = new TreeMap<>();
        List<Problems> problems = new ArrayList<>();
        int[] count = {0};
        for (Path file : files) {
            Problems of = new Problems(file, settings.shown());
            problems.add(of);
            int before = count[0];
            SsuiFile.each(QuestionFile.lines(file), of, (line, sample) -> {
                samples.check(line, sample);
                String split = split(file, line);
                splits.merge(split, 1, Integer::sum);
                pictures.add(new Entry(file, line, sample, split));
                count[0]++;
            });
            if (count[0] == before && of.count() == 0) {
                of.add(1, "holds no sample");
            }
        }
        pictures.check(settings.near(), progress);
        splits.remove("");
        return new CheckReport(
                told(problems),
                problems.stream().mapToInt(Problems::count).sum(),
                count[0],
                pictures.pictures(),
                splits,
                samples.licences(),
                samples.forbidden());
    }

    private String split(Path file, Fields line) {
        String told = line.object().path("split").asString("");
        return told.isEmpty() && files.size() > 1 ? file.toString() : told;
    }

    private List<String> told(List<Problems> problems) {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            Path file = files.get(i);
            problems.get(i).shown().forEach(problem -> all.add(file + ", " + problem));
        }
        return all;
    }
}
