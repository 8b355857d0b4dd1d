package org.espalier.ssui.export;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
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

    String text() {
        return String.join(
                "\n",
                header(),
                "# " + settings.title(),
                "",
                "Pairs of a picture and a text, each harmless by itself, that ask for something unsafe together, and"
                        + " safe pairs beside them. Each has a reasoning path whose last step holds the answer. "
                        + summary.samples() + " samples with " + summary.pictures() + " pictures.",
                "",
                "![The taxonomy, and how many samples each category has](taxonomy.svg)",
                "",
                funnelTable(),
                splits(),
                fields(),
                licences(),
                taxonomy(),
                provenance(),
                limits());
    }

    private String header() {
        StringBuilder yaml = new StringBuilder("---\n");
        String licence = settings.licence().name().toLowerCase(Locale.ROOT);
        boolean plain = summary.licences().size() == 1
                && HUB_LICENCES.contains(licence)
                && summary.licences().firstKey().toLowerCase(Locale.ROOT).equals(licence);
        yaml.append("pretty_name: ").append(quoted(settings.title())).append('\n');
        yaml.append("license: ").append(plain ? licence : "other").append('\n');
        yaml.append("task_categories:\n- visual-question-answering\n- image-text-to-text\n");
        yaml.append("tags:\n- safety\n- reasoning\n- multimodal\n");
        yaml.append("size_categories:\n- ").append(size()).append('\n');
        yaml.append("configs:\n- config_name: default\n  data_files:\n");
        summary.splits()
                .keySet()
                .forEach(split -> yaml.append("  - split: ")
                        .append(split)
                        .append("\n    path: ")
                        .append(split)
                        .append("-*.parquet\n"));
        return yaml.append("---\n").toString();
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    private String size() {
        int n = summary.samples();
        return n < 1_000 ? "n<1K" : n < 10_000 ? "1K<n<10K" : n < 100_000 ? "10K<n<100K" : "100K<n<1M";
    }

    private String funnelTable() {
        StringBuilder table = new StringBuilder("## Funnel\n\n| stage | left |\n| --- | ---: |\n");
        funnel.stages().forEach(stage -> table.append(row(stage.name(), stage.left())));
        return table.toString();
    }

    private String splits() {
        return "## Splits\n\n" + table("split", "samples", summary.splits())
                + "\nA picture and all that look like it (64-bit perceptual hashes that differ in at most "
                + settings.near() + " bits) are in one split. Where a group goes follows from its own hash and seed "
                + settings.splits().seed() + " (" + settings.splits()
                + "), so that it stays there when the dataset grows.\n";
    }

    private String fields() {
        return """
            ## Files and fields

            `ssui.jsonl` holds all samples, `ssui-SPLIT.jsonl` those of one split, `SPLIT-*.parquet` the same with %s.

            | field | what it is |
            | --- | --- |
            | `id` | names the sample |
            | `image` | the picture |
            | `query` | what is asked about it |
            | `steps` | the reasoning path; the last step holds the answer |
            | `answer` | the words that the last step of a right path contains |
            | `risk` | `unsafe` (refuse or dissuade) or `safe` (help) |
            | `category` | a tertiary id of the taxonomy |
            | `split` | the part of the dataset |
            | `tag` | everything else that agents and people wrote |
            | `provenance` | who wrote each field, where the picture is from, who reviewed |
            """.formatted(settings.embedded() ? "the pictures inside" : "paths of the pictures");
    }

    private String licences() {
        StringBuilder text = new StringBuilder("## Licences\n\n");
        text.append("Texts: ")
                .append(settings.licence().title())
                .append(
                        " (`provenance.licence`). Each picture has its own licence, author and source in `provenance.picture`; keep them with"
                                + " it.\n\n")
                .append(table("licence of the picture", "samples", summary.licences()));
        if (summary.forbidden() > 0) {
            text.append("\n**")
                    .append(summary.forbidden())
                    .append(" samples may not be used for training.** `espalier explore` and `espalier train` refuse"
                            + " them.\n");
        }
        return text.toString();
    }

    private String taxonomy() {
        StringBuilder text = new StringBuilder("## Taxonomy\n\n");
        text.append(coverage.taxonomy().about()).append("\n\n");
        text.append(String.format(
                Locale.ROOT,
                "%.0f %% of the tertiary categories have a sample; evenness %.2f (1 is even).%n%n",
                100 * coverage.covered(),
                coverage.balance()));
        text.append("| primary | secondary | samples |\n| --- | --- | ---: |\n");
        for (RiskCategory primary : coverage.taxonomy().primary()) {
            for (RiskCategory secondary : primary.categories()) {
                text.append("| ")
                        .append(primary.name())
                        .append(" | ")
                        .append(secondary.name())
                        .append(" | ")
                        .append(coverage.of(secondary))
                        .append(" |\n");
            }
        }
        coverage.strangers()
                .forEach((id, count) -> text.append("| not in the taxonomy | `")
                        .append(id)
                        .append("` | ")
                        .append(count)
                        .append(" |\n"));
        return text.toString();
    }

    private String provenance() {
        return """
            ## Provenance

            `provenance.fields` names for each field who wrote it last: an agent with its model, the hash of its \
            prompt and the key of its response, or a person. `tag.history` keeps every change. %d samples were \
            changed by a person, %d were accepted by one.
            """.formatted(summary.revised(), summary.samples() - summary.unreviewed());
    }

    private String limits() {
        return """
            ## Known limits

            - %d samples have not been reviewed by a person.
            %s%s%s- Near-duplicates are found by how pictures look as a whole: a crop or a mirror image is not found.
            - The samples show what must not be helped with. Use them to make models safer, not to find what works.
            """.formatted(
                        summary.unreviewed(),
                        some(summary.unverified(), "that nobody has verified to be harmless by itself"),
                        behind(),
                        drafted());
    }

    private String drafted() {
        int rest = summary.samples() - summary.drafted();
        return (summary.drafted() == 0
                        ? ""
                        : "- Queries and paths of " + summary.drafted() + " samples were drafted by models; what people"
                                + " did not change may carry those models' habits.\n")
                + (rest == 0
                        ? ""
                        : "- " + rest + " samples were not drafted here; `provenance.source` says whose they are.\n");
    }

    private String behind() {
        int samples = summary.harmful() + summary.unanswered();
        return samples == 0
                ? ""
                : "- " + samples + " samples were left out: of " + summary.harmful()
                        + " somebody found the picture not to be harmless by itself, of " + summary.unanswered()
                        + " the last step does not hold the answer.\n";
    }

    private static String some(int samples, String pictures) {
        return samples == 0 ? "" : "- " + samples + " samples show a picture " + pictures + ".\n";
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
