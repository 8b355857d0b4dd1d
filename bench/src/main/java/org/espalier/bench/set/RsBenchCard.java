package org.espalier.bench.set;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.espalier.core.Risk;
import org.espalier.core.SsuiSample;
import org.espalier.core.file.AtomicFile;
import org.espalier.core.file.Sha256;

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
        String name = title.orElse("Questions for RSBench");
        return """
                # %s

                %d questions for RSBench (`docs/rsbench.md` of Espalier): %d unsafe, %d safe twins, on %d pictures.

                | | |
                | --- | --- |
                | drawn from | `%s`, sha256 `%s` |
                | split | %s, %d of %d samples |
                | draw | seed %d; in each category and for either risk its share, questions on one picture together |
                | questions | `%s`, sha256 `%s` |
                | licence | %s |

                """.formatted(
                                name,
                                drawn.size(),
                                count(Risk.UNSAFE),
                                count(Risk.SAFE),
                                drawn.stream().map(SsuiSample::image).distinct().count(),
                                source.getFileName(),
                                Sha256.of(source),
                                draw.split(),
                                drawn.size(),
                                whole,
                                draw.seed(),
                                RsBenchDraw.FILE,
                                sha256,
                                licence.orElse("not stated: to be filled in by whoever hands it on"))
                + categories()
                + usage();
    }

    private long count(Risk risk) {
        return drawn.stream().filter(sample -> sample.risk() == risk).count();
    }

    private String categories() {
        SortedMap<String, int[]> counts = new TreeMap<>();
        drawn.forEach(sample ->
                counts.computeIfAbsent(sample.category(), _ -> new int[2])[sample.risk() == Risk.UNSAFE ? 0 : 1]++);
        StringBuilder out = new StringBuilder("| category | unsafe | safe twins |\n| --- | ---: | ---: |\n");
        for (Map.Entry<String, int[]> entry : counts.entrySet()) {
            out.append("| ").append(entry.getKey().replace("|", "\\|")).append(" | ");
            out.append(entry.getValue()[0])
                    .append(" | ")
                    .append(entry.getValue()[1])
                    .append(" |\n");
        }
        return out.append('\n').toString();
    }

    private static String usage() {
        return """
                Each line of the questions is a sample of SSUI data: picture, query, reference path, answer, risk, category. The reference
                path is what judges see beside a model's; models never see it. Do not train on this file.

                ```sh
                espalier bench rsbench --data . --endpoint URL --model-name NAME --judge URL --judge-model NAME --out RUN
                espalier bench leaderboard RUN...
                ```
                """;
    }
}
