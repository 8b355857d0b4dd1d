package org.espalier.ssui.export;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.espalier.core.InputException;
import org.espalier.core.Progress;
import org.espalier.core.file.AtomicFile;
import org.espalier.core.file.Folders;
import org.espalier.core.file.Json;
import org.espalier.core.file.OwnerOnly;
import org.espalier.ssui.review.Drafts;
import org.espalier.ssui.taxonomy.Coverage;
import org.espalier.ssui.taxonomy.Rings;

/**
 * Writes a dataset: {@code ssui.jsonl} with all samples, {@code ssui-SPLIT.jsonl} with those of each split (what
 * {@code explore} reads), Parquet files, pictures and {@code README.md}. The same drafts give the same bytes. A folder
 * that an export wrote may be written again; what is no longer part of the dataset goes.
 */
public record Export(ExportSettings settings) {
    /** The file of all samples. */
    public static final String NAME = "ssui.jsonl";

    private static final String IMAGES = "images";
    private static final String RING = "taxonomy.svg";

    /**
     * Writes it.
     *
     * @param pictures the folder below which drafts name their pictures
     * @param funnel of the stages before
     * @throws InputException if no draft is to go out, or the folder holds something else
     */
    public ExportSummary write(Drafts drafts, Path pictures, ExportFunnel funnel, Path out, Progress progress) {
        refuseStrangers(out);
        Gathering.Gathered gathered = new Gathering(drafts, pictures, settings).read(progress);
        List<ExportedSample> items = gathered.items();
        int behind = gathered.harmful() + gathered.unanswered();
        if (items.isEmpty() && behind > 0) {
            throw new InputException("none of " + behind + " samples can go out: " + gathered.harmful()
                    + " show a picture that somebody found not to be harmless by itself, and the last step of "
                    + gathered.unanswered() + " does not hold the answer; review them again");
        }
        if (items.isEmpty()) {
            throw new InputException("no draft has been accepted yet: review them with 'espalier studio', or take"
                    + " unreviewed ones with --unreviewed");
        }
        ExportSummary summary = ExportSummary.of(gathered, settings.taxonomy());
        if (!Files.exists(out.resolve(ExportSummary.NAME))) {
            OwnerOnly.folder(out);
        }
        // First, so that the folder is known as ours should anything stop the rest.
        AtomicFile.write(out.resolve(ExportSummary.NAME), Json.page(Json.tree(summary)));
        Set<String> written = new HashSet<>(Set.of(ExportSummary.NAME, NAME, RING, "README.md"));
        copyPictures(items, out, written, progress);
        Map<String, List<ExportedSample>> splits =
                items.stream().collect(Collectors.groupingBy(ExportedSample::split, TreeMap::new, Collectors.toList()));
        ParquetTable parquet = new ParquetTable(out, settings.embedded());
        splits.forEach((split, part) -> {
            String name = "ssui-" + split + ".jsonl";
            lines(out.resolve(name), part);
            written.add(name);
            written.addAll(parquet.write(
                    split,
                    part,
                    item -> settings.embedded() ? item.picture().bytes() : 0,
                    ExportedSample::row,
                    rows -> progress.at("writing " + split + " as Parquet", rows, part.size(), "")));
        });
        lines(out.resolve(NAME), items);
        Coverage coverage = Coverage.of(
                settings.taxonomy(),
                items.stream()
                        .collect(Collectors.groupingBy(item -> item.draft().category(), Collectors.counting())));
        AtomicFile.write(out.resolve(RING), Rings.draw(coverage));
        AtomicFile.write(
                out.resolve("README.md"),
                new DatasetCard(settings, summary, coverage, funnel.then("exported", items.size())).text());
        forgetOthers(out, written);
        return summary;
    }

    private static void lines(Path file, List<ExportedSample> items) {
        AtomicFile.lines(file, items.stream().map(item -> Json.line(item.json())));
    }

    private static void copyPictures(List<ExportedSample> items, Path out, Set<String> written, Progress progress) {
        int done = 0;
        for (ExportedSample item : items) {
            if (written.add(item.image())) {
                AtomicFile.write(out.resolve(item.image()), to -> Files.copy(item.file(), to));
            }
            progress.at("copying pictures", ++done, items.size(), "");
        }
    }

    /**
     * Looks at where a dataset is to go.
     *
     * @throws InputException if it is a file, or a folder that holds something other than a dataset of ours
     */
    public static void refuseStrangers(Path out) {
        if (!Files.exists(out) || Files.exists(out.resolve(ExportSummary.NAME))) {
            return;
        }
        if (!Files.isDirectory(out)) {
            throw new InputException(out + " is a file: name a folder for the dataset, which may be new");
        }
        if (!Folders.list(out).isEmpty()) {
            throw new InputException(
                    out + " is not empty and holds no " + ExportSummary.NAME + ": choose a new folder");
        }
    }

    /** Takes away what an earlier export wrote and this one did not; files of other kinds are left alone. */
    private static void forgetOthers(Path out, Set<String> written) {
        Stream<Path> ours = Folders.list(out).stream()
                .filter(file -> String.valueOf(file.getFileName())
                        .matches("ssui-[a-z0-9_]+\\.jsonl|[a-z0-9_]+-\\d{5}-of-\\d{5}\\.parquet"));
        Stream.concat(ours, Folders.list(out.resolve(IMAGES)).stream())
                .filter(file ->
                        !written.contains(out.relativize(file).toString().replace('\\', '/')))
                .forEach(Folders::delete);
    }
}
