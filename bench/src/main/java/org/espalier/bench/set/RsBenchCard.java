package org.espalier.bench.set;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.espalier.core.Risk;
import org.espalier.core.SsuiSample;
import org.espalier.core.file.AtomicFile;
import org.espalier.core.file.Sha256;
import org.espalier.core.file.Shipped;

/**
 * The card of a question set for RSBench: what it was drawn from and how, what it holds, how it is used.
 *
 * @param licence of texts and pictures, as whoever drew it says
 * @param source the data that it was drawn from
 * @param whole samples of the split that it was drawn from
 */
public record RsBenchCard(
        Optional<String> title,
        Optional<String> licence,
        Path source,
        RsBenchDraw draw,
        List<SsuiSample> drawn,
        int whole) {
    /** The file that is written. */
    public static final String FILE = "README.md";

    public RsBenchCard {
        drawn = List.copyOf(drawn);
    }

    /** Writes it beside the questions of a folder, which must be there. */
    public void write(Path folder) {
        AtomicFile.write(folder.resolve(FILE), text(Sha256.of(folder.resolve(RsBenchDraw.FILE))));
    }

    private String text(String sha256) {
        return Shipped.text(
                RsBenchCard.class,
                "/org/espalier/bench/rsbench-card.txt",
                Map.ofEntries(
                        Map.entry("title", title.orElse("Questions for RSBench")),
                        Map.entry("drawn", drawn.size()),
                        Map.entry("unsafe", count(Risk.UNSAFE)),
                        Map.entry("safe", count(Risk.SAFE)),
                        Map.entry(
                                "pictures",
                                drawn.stream().map(SsuiSample::image).distinct().count()),
                        Map.entry("source", String.valueOf(source.getFileName())),
                        Map.entry("source_sha256", Sha256.of(source)),
                        Map.entry("split", draw.split()),
                        Map.entry("whole", whole),
                        Map.entry("seed", draw.seed()),
                        Map.entry("questions", RsBenchDraw.FILE),
                        Map.entry("sha256", sha256),
                        Map.entry("licence", licence.orElse("not stated: to be filled in by whoever hands it on")),
                        Map.entry("categories", categories())));
    }

    private long count(Risk risk) {
        return drawn.stream().filter(sample -> sample.risk() == risk).count();
    }

    private String categories() {
        SortedMap<String, int[]> counts = new TreeMap<>();
        drawn.forEach(sample ->
                counts.computeIfAbsent(sample.category(), _ -> new int[2])[sample.risk() == Risk.UNSAFE ? 0 : 1]++);
        return counts.entrySet().stream()
                .map(entry -> "| %s | %s | %s |\n"
                        .formatted(entry.getKey().replace("|", "\\|"), entry.getValue()[0], entry.getValue()[1]))
                .collect(Collectors.joining());
    }
}
