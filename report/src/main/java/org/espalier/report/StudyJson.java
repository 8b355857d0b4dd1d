package org.espalier.report;

import java.util.List;
import org.espalier.core.file.Json;
import org.espalier.core.file.Sha256;
import org.espalier.report.study.CellCounts;
import org.espalier.report.study.RowFacts;
import org.espalier.report.study.StudyDifference;
import org.espalier.report.study.StudyRate;
import org.espalier.report.study.StudyRecord;
import org.espalier.report.study.StudyScope;
import org.espalier.report.study.StudySummary;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A study as {@code study.json}. */
record StudyJson(StudyRecord study) {
    ObjectNode tree() {
        ObjectNode out = Json.object().put("part", study.part()).put("command", study.command());
        out.set("summary", Json.tree(new StudySummary(study).sentences()));
        ArrayNode rows = out.putArray("rows");
        study.rows().forEach(row -> rows.add(facts(row)));
        ArrayNode differences = out.putArray("differences");
        for (StudyRate rate : StudyRate.values()) {
            study.differences(rate).forEach(it -> differences.add(difference(it)));
        }
        out.put("cells_planned", study.planned());
        cells(out.putArray("cells"), study.cells());
        ArrayNode tried = out.putArray("tried");
        study.tried().forEach(row -> tried.add(facts(row)));
        cells(out.putArray("validation_cells"), study.validation());
        out.set("notes", Json.tree(study.notes()));
        StudyRecord.Provenance made = study.made();
        ObjectNode from = out.putObject("made");
        from.set("hashes", Json.tree(made.hashes()));
        made.commits().code().ifPresent(commit -> from.put("commit", commit));
        made.commits().file().ifPresent(commit -> from.put("rows_commit", commit));
        from.put("machine", made.machine()).put("date", made.date());
        from.set("seconds", Json.tree(made.seconds()));
        return out;
    }

    private ObjectNode facts(RowFacts row) {
        ObjectNode out = Json.object()
                .put("label", row.label())
                .put("about", row.about())
                .put("baseline", row.baseline())
                .put("of", row.of());
        out.set("values", Json.tree(row.values()));
        out.set("stages", Json.tree(row.stages()));
        List<CellCounts> cells = study.rows().contains(row) ? study.cells() : study.validation();
        ObjectNode rates = out.putObject("rates");
        for (StudyScope scope : study.scopes()) {
            ObjectNode of = rates.putObject(scope.title());
            for (StudyRate rate : StudyRate.values()) {
                rate.of(StudyRecord.of(cells, row, scope)).ifPresent(percent -> of.put(rate.title(), percent));
            }
        }
        return out;
    }

    private static ObjectNode difference(StudyDifference one) {
        ObjectNode out = Json.object()
                .put("row", one.row().label())
                .put("baseline", one.baseline().label())
                .put("on", one.scope().title())
                .put("rate", one.rate().title())
                .put("mean", one.mean().mean());
        one.mean().interval().ifPresent(it -> out.put("low", it.low()).put("high", it.high()));
        out.put("units", one.mean().clusters())
                .put("cells", one.cells())
                .put("up", one.mean().up())
                .put("down", one.mean().down())
                .put("verdict", one.verdict())
                .set("by_unit", Json.tree(one.units()));
        return out;
    }

    /** Each with the hash of its own file, which whoever counts it again can compare. */
    private static void cells(ArrayNode out, List<CellCounts> cells) {
        for (CellCounts cell : cells) {
            out.add(cell.json().put("sha256", Sha256.of(Json.page(cell.json()))));
        }
    }
}
