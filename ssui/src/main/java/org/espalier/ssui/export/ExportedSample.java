package org.espalier.ssui.export;

import java.nio.file.Path;
import org.espalier.core.file.Json;
import org.espalier.ssui.pool.PooledPicture;
import org.espalier.ssui.pool.Safety;
import org.espalier.ssui.pool.SampleLicences;
import org.espalier.ssui.pool.Training;
import org.espalier.ssui.review.Draft;
import tools.jackson.databind.node.ObjectNode;

/**
 * One sample on its way out.
 *
 * @param draft as it stands, with the tag and the provenance that go out
 * @param picture what is known of its picture
 * @param file where the picture lies now
 * @param split the part it goes to
 */
record ExportedSample(Draft draft, PooledPicture picture, Path file, String split) {
    /** The picture's path below the folder of the dataset. */
    String image() {
        int dot = picture.image().lastIndexOf('.');
        return "images/" + picture.id() + (dot < 0 ? "" : picture.image().substring(dot));
    }

    /** As a line of {@code ssui.jsonl}. */
    ObjectNode json() {
        ObjectNode line = draft.json();
        ObjectNode tag = line.withObject("tag");
        line.remove("tag");
        line.remove("provenance");
        line.put("image", image());
        line.put("split", split);
        line.set("tag", tag);
        line.set("provenance", draft.provenance());
        return line;
    }

    /** As a row of Parquet; tag and provenance are JSON there. */
    ObjectNode row() {
        ObjectNode row =
                Json.object().put("id", draft.id()).put("image", image()).put("query", draft.query());
        row.set("steps", Json.tree(draft.steps()));
        row.put("answer", draft.answer())
                .put("risk", draft.risk().label())
                .put("category", draft.category())
                .put("split", split)
                .put("licence", picture.licence().title())
                .put("training", training().label());
        return row.put("tag", Json.line(draft.tag())).put("provenance", Json.line(draft.provenance()));
    }

    /** What the sample's terms, its texts' and its picture's, say of training. */
    Training training() {
        return SampleLicences.forbidding(draft.provenance()).isPresent()
                ? Training.FORBIDDEN
                : picture.licence().training();
    }

    /** The same with what somebody said of its picture. */
    ExportedSample looked(Safety word) {
        ObjectNode provenance = draft.provenance().deepCopy();
        provenance.withObject("picture").set("safety", Json.tree(word));
        return new ExportedSample(draft.with(draft.tag(), provenance), picture.with(word), file, split);
    }

    ExportedSample in(String part) {
        return new ExportedSample(draft, picture, file, part);
    }
}
