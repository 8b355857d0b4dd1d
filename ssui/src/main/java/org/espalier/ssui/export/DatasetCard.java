package org.espalier.ssui.export;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.espalier.core.file.Shipped;
import org.espalier.ssui.taxonomy.Coverage;
import org.espalier.ssui.taxonomy.RiskCategory;

/** {@code README.md}: a dataset card as Hugging Face reads it, with what somebody must know before using the data. */
record DatasetCard(ExportSettings settings, ExportSummary summary, Coverage coverage, ExportFunnel funnel) {
    private static final List<String> HUB_LICENCES = List.of(
            "cc0-1.0",
            "cc-by-2.0",
            "cc-by-4.0",
            "cc-by-sa-4.0",
            "cc-by-nc-4.0",
            "cc-by-nc-sa-4.0",
            "apache-2.0",
            "mit");

    private static final String FORBIDDEN = "\n**%s samples may not be used for training.** `espalier explore` and"
            + " `espalier train` refuse them.\n";

    String text() {
        String licence = settings.licence().name().toLowerCase(Locale.ROOT);
        boolean plain = summary.licences().size() == 1
                && HUB_LICENCES.contains(licence)
                && summary.licences().firstKey().toLowerCase(Locale.ROOT).equals(licence);
        return Shipped.text(
                DatasetCard.class,
                "card.txt",
                Map.ofEntries(
                        Map.entry(
                                "quoted", settings.title().replace("\\", "\\\\").replace("\"", "\\\"")),
                        Map.entry("license", plain ? licence : "other"),
                        Map.entry("size", size()),
                        Map.entry("files", files()),
                        Map.entry("title", settings.title()),
                        Map.entry("samples", summary.samples()),
                        Map.entry("pictures", summary.pictures()),
                        Map.entry("funnel", stages()),
                        Map.entry("splits", table("split", "samples", summary.splits())),
                        Map.entry("near", settings.near()),
                        Map.entry("seed", settings.splits().seed()),
                        Map.entry("shares", settings.splits()),
                        Map.entry("shown", settings.embedded() ? "the pictures inside" : "paths of the pictures"),
                        Map.entry("licence", settings.licence().title()),
                        Map.entry("licences", table("licence of the picture", "samples", summary.licences())),
                        Map.entry("forbidden", some(summary.forbidden(), FORBIDDEN)),
                        Map.entry("about", coverage.taxonomy().about()),
                        Map.entry("covered", String.format(Locale.ROOT, "%.0f", 100 * coverage.covered())),
                        Map.entry("evenness", String.format(Locale.ROOT, "%.2f", coverage.balance())),
                        Map.entry("categories", categories()),
                        Map.entry("revised", summary.revised()),
                        Map.entry("accepted", summary.samples() - summary.unreviewed()),
                        Map.entry("unreviewed", summary.unreviewed()),
                        Map.entry("limits", limits())));
    }

    private String size() {
        int n = summary.samples();
        return n < 1_000 ? "n<1K" : n < 10_000 ? "1K<n<10K" : n < 100_000 ? "10K<n<100K" : "100K<n<1M";
    }

    private String files() {
        return summary.splits().keySet().stream()
                .map(split -> "  - split: " + split + "\n    path: " + split + "-*.parquet\n")
                .collect(Collectors.joining());
    }

    private String stages() {
        return funnel.stages().stream()
                .map(stage -> row(stage.name(), stage.left()))
                .collect(Collectors.joining());
    }

    private String categories() {
        StringBuilder rows = new StringBuilder();
        for (RiskCategory primary : coverage.taxonomy().primary()) {
            for (RiskCategory secondary : primary.categories()) {
                rows.append("| %s | %s | %s |\n".formatted(primary.name(), secondary.name(), coverage.of(secondary)));
            }
        }
        coverage.strangers()
                .forEach((id, count) -> rows.append("| not in the taxonomy | `%s` | %s |\n".formatted(id, count)));
        return rows.toString();
    }

    private String limits() {
        return some(
                        summary.unverified(),
                        "- %s samples show a picture that nobody has verified to be harmless by itself.\n")
                + some(
                        summary.harmful() + summary.unanswered(),
                        "- %s samples were left out: of " + summary.harmful()
                                + " somebody found the picture not to be harmless by itself, of "
                                + summary.unanswered() + " the last step does not hold the answer.\n")
                + some(
                        summary.drafted(),
                        "- Queries and paths of %s samples were drafted by models; what people did not change may carry"
                                + " those models' habits.\n")
                + some(
                        summary.samples() - summary.drafted(),
                        "- %s samples were not drafted here; `provenance.source` says whose they are.\n");
    }

    private static String some(int samples, String line) {
        return samples == 0 ? "" : line.formatted(samples);
    }

    static String table(String what, String count, SortedMap<String, Integer> rows) {
        StringBuilder table = new StringBuilder("| " + what + " | " + count + " |\n| --- | ---: |\n");
        for (Map.Entry<String, Integer> row : rows.entrySet()) {
            table.append(row(row.getKey(), row.getValue()));
        }
        return table.toString();
    }

    private static String row(String name, long count) {
        return "| " + name.replace("|", "\\|").replaceAll("\\s+", " ") + " | " + count + " |\n";
    }
}
