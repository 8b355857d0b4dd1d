package org.espalier.report;

import static org.espalier.report.draw.Html.element;
import static org.espalier.report.draw.Html.td;
import static org.espalier.report.draw.Html.th;
import static org.espalier.report.draw.Html.tr;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.espalier.core.file.JsonFile;
import org.espalier.report.draw.FunnelBars;
import org.espalier.report.draw.Html;
import org.espalier.report.draw.Html.Element;
import org.espalier.report.run.RunInfo;
import tools.jackson.databind.JsonNode;

/** What came of each build of a dataset: how far its samples came, why some were dropped, what is dead. */
final class BuildsSection {
    private static final String FUNNEL = "build.json";
    private static final List<String> ENDS = List.of("reached", "passed", "dropped", "dead", "open");

    private final List<RunInfo> builds;

    BuildsSection(List<RunInfo> runs) {
        builds = runs.stream().filter(run -> run.verb().equals("ssui build")).toList();
    }

    ReportSection section() {
        ReportSection section = new ReportSection("builds", builds.size() == 1 ? "The build" : "The builds");
        for (RunInfo run : builds) {
            if (builds.size() > 1) {
                section.add(element("h3").add(run.name()));
            }
            Path file = run.folder().resolve(FUNNEL);
            section.add(
                    Files.exists(file)
                            ? told(JsonFile.read(file, "repeat the build"))
                            : element("p").add("How far it came is told once it has come to its end."));
        }
        return section;
    }

    private static Html told(JsonNode build) {
        BigDecimal spent = build.path("spent").decimalValue(BigDecimal.ZERO);
        long dead = build.path("stages")
                .valueStream()
                .mapToLong(stage -> stage.path("dead").asLong(0))
                .sum();
        return Html.all(
                element("p")
                        .add(ReportWording.count(build.path("pictures").asLong(0), "picture", "pictures") + " became "
                                + ReportWording.count(build.path("drafts").asLong(0), "draft", "drafts")
                                + (spent.signum() > 0 ? " for " + spent.toPlainString() : "") + "."),
                FunnelBars.draw(build.path("stages")
                        .valueStream()
                        .map(stage -> new FunnelBars.Stage(
                                stage.path("name").asString(""),
                                stage.path("reached").asLong(0),
                                stage.path("passed").asLong(0)))
                        .toList()),
                stages(build.path("stages")),
                drops(build.path("drops")),
                dead == 0
                        ? Html.nothing()
                        : element("p")
                                .add(ReportWording.count(dead, "dead letter", "dead letters")
                                        + ": dead-letters.jsonl has everything received, and the same command with"
                                        + " --revive tries again."));
    }

    private static Html stages(JsonNode stages) {
        List<Html> rows = new ArrayList<>();
        for (JsonNode stage : stages) {
            Element row = tr(th(stage.path("name").asString("")));
            ENDS.forEach(end -> row.add(td(String.valueOf(stage.path(end).asLong(0)))));
            rows.add(row);
        }
        return table(rows, Stream.concat(Stream.of("agent"), ENDS.stream()).toArray(String[]::new));
    }

    private static Html drops(JsonNode drops) {
        List<Html> rows = new ArrayList<>();
        drops.properties()
                .forEach(stage -> stage.getValue()
                        .properties()
                        .forEach(reason -> rows.add(tr(
                                th(stage.getKey()),
                                element("td", "left").add(reason.getKey()),
                                td(String.valueOf(reason.getValue().asLong(0)))))));
        return drops.isEmpty() ? Html.nothing() : table(rows, "dropped by", "because", "samples");
    }

    private static Html table(List<Html> rows, String... names) {
        return TableDrawing.moved("build", Html.nothing(), List.of(TableDrawing.heads("", names)), rows);
    }
}
