package org.espalier.ssui.export;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.espalier.core.InputException;
import org.espalier.core.PathTree;
import org.espalier.core.SsuiSample;
import org.espalier.core.file.AtomicFile;
import org.espalier.core.file.FileTrouble;
import org.espalier.core.file.Json;
import org.espalier.core.file.TreeFile;
import org.espalier.ssui.pool.Licence;
import org.espalier.ssui.pool.PictureProvenance;
import org.espalier.ssui.pool.SampleLicences;
import org.espalier.ssui.pool.Training;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes what was explored as training data of other trainers: the contrastive pairs, both paths whole, or the reference paths,
 * with copies of the pictures. One-sided preferences know no shared beginning: that both paths of a pair begin alike is in the
 * texts.
 *
 * @param form whose
 * @param perStep pairs at each branched step, at most
 */
public record PairsExport(TrainingForm form, int perStep) {
    /**
     * Writes them, each with the terms and the source of its picture, and a card.
     *
     * @param trees what was explored
     * @param data the file that was explored; pictures lie below its folder
     * @param samples of that file
     * @return how many rows
     */
    public int write(Path trees, Path data, List<SsuiSample> samples, Path out) {
        Map<String, JsonNode> provenance = samples.stream()
                .collect(Collectors.toMap(
                        SsuiSample::id, sample -> sample.fields().path("provenance")));
        List<ObjectNode> rows = new ArrayList<>();
        Set<String> copied = new HashSet<>();
        TreeFile.each(trees, tree -> {
            List<ObjectNode> of = form.rows(tree, perStep);
            if (!of.isEmpty() && copied.add(tree.image())) {
                Path picture = TreeFile.question(tree, data).image();
                AtomicFile.write(out.resolve(tree.image()), to -> Files.copy(picture, to));
            }
            of.forEach(row -> rows.add(terms(row, provenance.getOrDefault(tree.id(), Json.object()))));
        });
        if (rows.isEmpty()) {
            throw new InputException(trees + " holds no pair: no question has a favorable and an unfavorable branch");
        }
        if (form == TrainingForm.LLAMA_FACTORY) {
            ArrayNode all = Json.object().putArray("pairs");
            rows.forEach(all::add);
            AtomicFile.write(out.resolve(form.file()), Json.page(all));
            AtomicFile.write(out.resolve("dataset_info.json"), Json.page(datasetInfo()));
        } else {
            AtomicFile.lines(out.resolve(form.file()), rows.stream().map(Json::line));
        }
        if (form.hasParquet()) {
            new ParquetTable(out, true).write("train", rows, row -> pictureBytes(row, out), row -> row, _ -> {});
        }
        AtomicFile.write(out.resolve("README.md"), new TrainingCard(form, rows).text());
        return rows.size();
    }

    private static long pictureBytes(ObjectNode row, Path out) {
        Path picture = out.resolve(row.path("images").path(0).asString());
        return FileTrouble.reading(picture, () -> Files.size(picture));
    }

    /** How many rows one tree gives. */
    public int rows(PathTree tree) {
        return form.rows(tree, perStep).size();
    }

    /** The same fields in each line, so that tables can be made of them. */
    private static ObjectNode terms(ObjectNode line, JsonNode provenance) {
        JsonNode told = provenance.path("picture");
        PictureProvenance picture =
                PictureProvenance.of(provenance, told.path("sha256").asString(""));
        Licence texts = PictureProvenance.licence(provenance.path("licence"));
        Training training =
                SampleLicences.forbidding(provenance).orElse(picture.licence()).training();
        line.put("licence", picture.licence().title())
                .put("licence_of_texts", texts.title())
                .put("training", training.label());
        line.set("source", Json.tree(picture.source()));
        return line;
    }

    private static ObjectNode datasetInfo() {
        ObjectNode info = Json.object();
        ObjectNode entry = info.putObject("espalier_pairs");
        entry.put("file_name", TrainingForm.LLAMA_FACTORY.file())
                .put("formatting", "sharegpt")
                .put("ranking", true);
        entry.putObject("columns")
                .put("messages", "conversations")
                .put("chosen", "chosen")
                .put("rejected", "rejected")
                .put("images", "images");
        return info;
    }
}
