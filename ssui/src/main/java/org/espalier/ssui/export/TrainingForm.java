package org.espalier.ssui.export;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import org.espalier.core.ContrastivePair;
import org.espalier.core.Labelled;
import org.espalier.core.PathTree;
import org.espalier.core.ReasoningPath;
import org.espalier.core.file.Json;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Whose training data, and what for. */
public enum TrainingForm implements Labelled {
    /** TRL's preference data, for DPO: conversations with a column of pictures. */
    TRL("pairs.jsonl") {
        @Override
        List<ObjectNode> rows(PathTree tree, int perStep) {
            return eachPair(tree, perStep, (chosen, rejected) -> {
                ObjectNode row = Json.object();
                row.putArray("prompt").add(said("user", tree.query()));
                row.putArray("chosen").add(said("assistant", chosen));
                row.putArray("rejected").add(said("assistant", rejected));
                return row;
            });
        }
    },
    /** LLaMA-Factory: ShareGPT with ranking, and the entry for {@code dataset_info.json}. */
    LLAMA_FACTORY("pairs.json") {
        @Override
        List<ObjectNode> rows(PathTree tree, int perStep) {
            return eachPair(tree, perStep, (chosen, rejected) -> {
                ObjectNode row = Json.object();
                row.putArray("conversations").addObject().put("from", "human").put("value", PLACE + tree.query());
                row.putObject("chosen").put("from", "gpt").put("value", chosen);
                row.putObject("rejected").put("from", "gpt").put("value", rejected);
                return row;
            });
        }
    },
    /** ms-swift: messages that end in the better answer, and the rejected one. */
    MS_SWIFT("pairs.jsonl") {
        @Override
        List<ObjectNode> rows(PathTree tree, int perStep) {
            return eachPair(tree, perStep, (chosen, rejected) -> {
                ObjectNode row = Json.object();
                row.putArray("messages").add(said("user", PLACE + tree.query())).add(said("assistant", chosen));
                return row.put("rejected_response", rejected);
            });
        }
    },
    /** TRL's unpaired preferences, for KTO: each path of a pair with a label, no path of a question twice. */
    KTO("answers.jsonl") {
        @Override
        List<ObjectNode> rows(PathTree tree, int perStep) {
            Set<String> better = new LinkedHashSet<>();
            Set<String> worse = new LinkedHashSet<>();
            tree.pairs(perStep).forEach(pair -> {
                better.add(tree.whole(pair.favorable()).text());
                worse.add(tree.whole(pair.unfavorable()).text());
            });
            List<ObjectNode> rows = new ArrayList<>();
            better.forEach(text -> rows.add(labelled(tree, text, true)));
            worse.forEach(text -> rows.add(labelled(tree, text, false)));
            return rows;
        }
    },
    /** TRL's conversations for supervised training: each question with its reference path. */
    SFT("examples.jsonl") {
        @Override
        List<ObjectNode> rows(PathTree tree, int perStep) {
            ObjectNode row = Json.object();
            row.putArray("messages")
                    .add(said("user", tree.query()))
                    .add(said("assistant", new ReasoningPath(tree.reference()).text()));
            row.putArray("images").add(tree.image());
            return List.of(row.put("id", tree.id()));
        }
    };

    /** Where LLaMA-Factory and ms-swift put a picture. */
    private static final String PLACE = "<image>";

    private final String file;

    TrainingForm(String file) {
        this.file = file;
    }

    /** The file of its rows. */
    String file() {
        return file;
    }

    /** Whether Parquet with the pictures inside is written too, which {@code datasets} loads as it is. */
    boolean hasParquet() {
        return this == TRL || this == KTO || this == SFT;
    }

    /** What one of its rows is. */
    public String row() {
        return this == SFT ? "example" : this == KTO ? "answer" : "pair";
    }

    /**
     * The rows of one tree, each with its picture's path and the question's id.
     *
     * @param perStep pairs of a step at most
     */
    abstract List<ObjectNode> rows(PathTree tree, int perStep);

    private static List<ObjectNode> eachPair(PathTree tree, int perStep, BiFunction<String, String, ObjectNode> of) {
        List<ObjectNode> rows = new ArrayList<>();
        for (ContrastivePair pair : tree.pairs(perStep)) {
            ObjectNode row = of.apply(
                    tree.whole(pair.favorable()).text(),
                    tree.whole(pair.unfavorable()).text());
            row.putArray("images").add(tree.image());
            rows.add(row.put("id", tree.id())
                    .put("shared_steps", pair.favorable().sharedSteps()));
        }
        return rows;
    }

    private static ObjectNode labelled(PathTree tree, String text, boolean good) {
        ObjectNode row = Json.object();
        ArrayNode prompt = row.putArray("prompt");
        prompt.add(said("user", tree.query()));
        row.putArray("completion").add(said("assistant", text));
        row.put("label", good);
        row.putArray("images").add(tree.image());
        return row.put("id", tree.id());
    }

    private static ObjectNode said(String role, String text) {
        return Json.object().put("role", role).put("content", text);
    }
}
