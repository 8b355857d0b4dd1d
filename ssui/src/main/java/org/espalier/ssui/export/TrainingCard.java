package org.espalier.ssui.export;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.espalier.ssui.pool.Training;
import tools.jackson.databind.node.ObjectNode;

/** What a folder of training data says of itself: {@code README.md}. */
record TrainingCard(TrainingForm form, List<ObjectNode> rows) {
    String text() {
        SortedMap<String, Integer> licences = new TreeMap<>();
        int forbidden = 0;
        for (ObjectNode row : rows) {
            licences.merge(row.path("licence").asString(), 1, Integer::sum);
            forbidden += row.path("training").asString().equals(Training.FORBIDDEN.label()) ? 1 : 0;
        }
        String what = form.row() + "s";
        return head() + about() + " Each has the licence and the source of its picture, and what the terms say of"
                + " training; keep them with it.\n\n" + DatasetCard.table("licence of the picture", what, licences)
                + (forbidden == 0 ? "" : "\n**" + forbidden + " " + what + " may not be used for training.**\n")
                + "\n## How to train on them\n\n" + use();
    }

    /** Without it, 'datasets' would take the folder for one of pictures. */
    private String head() {
        return form.hasParquet()
                ? "---\nconfigs:\n- config_name: default\n  data_files:\n  - split: train\n    path: train-*.parquet\n---\n\n"
                : "";
    }

    private String about() {
        return switch (form) {
            case TRL, LLAMA_FACTORY, MS_SWIFT ->
                "# Contrastive pairs\n\n" + rows.size()
                        + " pairs of reasoning paths that begin alike, one that ends well and one that does not.";
            case KTO ->
                "# Labelled reasoning paths\n\n" + rows.size()
                        + " reasoning paths, each with a label: whether it ends well.";
            case SFT -> "# Reference paths\n\n" + rows.size() + " questions with the reasoning path that answers them.";
        };
    }

    private String use() {
        return switch (form) {
            case TRL -> python("DPO");
            case KTO -> python("KTO");
            case SFT -> python("SFT");
            case LLAMA_FACTORY ->
                "`dataset_info.json` describes `pairs.json`: `dataset_dir: THIS_FOLDER`, `media_dir: THIS_FOLDER`,"
                        + " `dataset: espalier_pairs`, `stage: dpo`.\n";
            case MS_SWIFT ->
                "From this folder, below which the pictures' paths lie:\n\n"
                        + "```bash\nswift rlhf --rlhf_type dpo --model MODEL --dataset pairs.jsonl\n```\n";
        };
    }

    private static String python(String method) {
        return "```python\nimport torch\nfrom datasets import load_dataset\nfrom transformers import AutoModelForImageTextToText,"
                + " AutoProcessor\nfrom trl import " + method + "Config, " + method + "Trainer\n\n"
                + "data = load_dataset(\"THIS_FOLDER\", split=\"train\")\n"
                + "trainer = " + method + "Trainer(\n"
                + "    model=AutoModelForImageTextToText.from_pretrained(\"MODEL\"),\n"
                + "    args=" + method
                + "Config(output_dir=\"out\", max_length=None, bf16=torch.cuda.is_available()),\n"
                + "    train_dataset=data,\n"
                + "    processing_class=AutoProcessor.from_pretrained(\"MODEL\"),\n)\ntrainer.train()\n```\n";
    }
}
