package org.espalier.ssui.export;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.espalier.core.InputException;
import org.espalier.core.PathTree;
import org.espalier.core.SsuiSample;
import org.espalier.core.file.AtomicFile;
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
 * Writes the contrastive pairs of explored trees as preference data of other trainers, both paths whole, with copies of
 * the pictures. One-sided preferences know no shared beginning: that both paths of a pair begin alike is in the texts.
 *
 * @param form whose
 * @param perStep pairs at each branched step, at most
 */
public record PairsExport(Form form, int perStep) {
    /** Whose preference data. */
    public enum Form {
        /** TRL: conversations with a column of pictures, one a line. */
        TRL("trl"),
        /** LLaMA-Factory: ShareGPT with ranking, and the entry for {@code dataset_info.json}. */
        LLAMA_FACTORY("llama-factory");

        private final String label;

        Form(String label) {
            this.label = label;
        }

        /** As written on the command line. */
        public String label() {
            return label;
        }

        /** The form of this name; empty if there is none. */
        public static Optional<Form> of(String label) {
            for (Form form : values()) {
                if (form.label.equals(label)) {
                    return Optional.of(form);
                }
            }
            return Optional.empty();
        }
    }

    /**
     * Writes them, each with the terms and the source of its picture, and a card.
     *
     * @param trees what was explored
     * @param data the file that was explored; pictures lie below its folder
     * @param samples of that file
     * @return how many pairs
     */
    public int write(Path trees, Path data, List<SsuiSample> samples, Path out) {
        Map<String, JsonNode> provenance = samples.stream()
                .collect(Collectors.toMap(
                        SsuiSample::id, sample -> sample.fields().path("provenance")));
        List<ObjectNode> pairs = new ArrayList<>();
        Set<String> copied = new HashSet<>();
        TreeFile.each(trees, tree -> {
            List<ObjectNode> of = pairs(tree, provenance.getOrDefault(tree.id(), Json.object()));
            if (!of.isEmpty() && copied.add(tree.image())) {
                Path picture = TreeFile.question(tree, data).image();
                AtomicFile.write(out.resolve(tree.image()), to -> Files.copy(picture, to));
            }
            pairs.addAll(of);
        });
        if (pairs.isEmpty()) {
            throw new InputException(trees + " holds no pair: no question has a favorable and an unfavorable branch");
        }
        switch (form) {
            case TRL -> lines(out.resolve("pairs.jsonl"), pairs);
            case LLAMA_FACTORY -> {
                ArrayNode all = Json.object().putArray("pairs");
                pairs.forEach(all::add);
                AtomicFile.write(out.resolve("pairs.json"), Json.page(all));
                AtomicFile.write(out.resolve("dataset_info.json"), Json.page(datasetInfo()));
            }
        }
        AtomicFile.write(out.resolve("README.md"), card(pairs));
        return pairs.size();
    }

    private List<ObjectNode> pairs(PathTree tree, JsonNode provenance) {
        return tree.pairs(perStep).stream()
                .map(pair -> {
                    String chosen = tree.whole(pair.favorable()).text();
                    String rejected = tree.whole(pair.unfavorable()).text();
                    ObjectNode line = form == Form.TRL ? trl(tree, chosen, rejected) : factory(tree, chosen, rejected);
                    line.putArray("images").add(tree.image());
                    line.put("id", tree.id())
                            .put("shared_steps", pair.favorable().sharedSteps());
                    return terms(line, provenance);
                })
                .toList();
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
        line.set("source", picture.source().json());
        return line;
    }

    private static String card(List<ObjectNode> pairs) {
        SortedMap<String, Integer> licences = new TreeMap<>();
        int forbidden = 0;
        for (ObjectNode pair : pairs) {
            licences.merge(pair.path("licence").asString(), 1, Integer::sum);
            forbidden += pair.path("training").asString().equals(Training.FORBIDDEN.label()) ? 1 : 0;
        }
        return "# Contrastive pairs\n\n" + pairs.size() + " pairs of reasoning paths that begin alike, one that ends"
                + " well and one that does not. Each has the licence and the source of its picture, and what the terms"
                + " say of training; keep them with it.\n\n"
                + DatasetCard.table("licence of the picture", "pairs", licences)
                + (forbidden == 0 ? "" : "\n**" + forbidden + " pairs may not be used for training.**\n");
    }

    private static ObjectNode trl(PathTree tree, String chosen, String rejected) {
        ObjectNode line = Json.object();
        ArrayNode asked =
                line.putArray("prompt").addObject().put("role", "user").putArray("content");
        asked.addObject().put("type", "image");
        asked.addObject().put("type", "text").put("text", tree.query());
        said(line.putArray("chosen"), chosen);
        said(line.putArray("rejected"), rejected);
        return line;
    }

    private static void said(ArrayNode turns, String text) {
        turns.addObject()
                .put("role", "assistant")
                .putArray("content")
                .addObject()
                .put("type", "text")
                .put("text", text);
    }

    private static ObjectNode factory(PathTree tree, String chosen, String rejected) {
        ObjectNode line = Json.object();
        line.putArray("conversations").addObject().put("from", "human").put("value", "<image>" + tree.query());
        line.putObject("chosen").put("from", "gpt").put("value", chosen);
        line.putObject("rejected").put("from", "gpt").put("value", rejected);
        return line;
    }

    private static ObjectNode datasetInfo() {
        ObjectNode info = Json.object();
        ObjectNode entry = info.putObject("espalier_pairs");
        entry.put("file_name", "pairs.json").put("formatting", "sharegpt").put("ranking", true);
        entry.putObject("columns")
                .put("messages", "conversations")
                .put("chosen", "chosen")
                .put("rejected", "rejected")
                .put("images", "images");
        return info;
    }

    private static void lines(Path file, List<ObjectNode> pairs) {
        AtomicFile.write(file, out -> {
            for (ObjectNode pair : pairs) {
                out.write((Json.line(pair) + "\n").getBytes(StandardCharsets.UTF_8));
            }
        });
    }
}
