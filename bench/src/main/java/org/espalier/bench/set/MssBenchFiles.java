package org.espalier.bench.set;

import java.nio.file.Path;
import java.util.List;
import org.espalier.bench.internal.DataFolder;
import org.espalier.bench.internal.JsonData;
import org.espalier.bench.suite.BenchmarkItem;
import org.espalier.bench.suite.QuestionSet;
import org.espalier.core.file.JsonFile;
import tools.jackson.databind.JsonNode;

/**
 * MSSBench's file, as one of its settings asks it.
 *
 * @param chat the text that queries are put into
 * @param embodied the text that tasks are put into
 */
record MssBenchFiles(String name, MssSetting setting, String chat, String embodied) {
    private static final String CAPTION = "\nThe caption is: ";

    QuestionSet load(Path data) {
        DataFolder folder = new DataFolder(name, data);
        Path file = folder.file(List.of("combined.json", "combine.json"));
        JsonNode records = JsonFile.value(file);
        if (!records.path(MssBench.CHAT).isArray()
                && !records.path(MssBench.EMBODIED).isArray()) {
            throw folder.notTheData(file.getFileName() + " is no object with the lists chat and embodied");
        }
        QuestionList questions = new QuestionList(folder.root(), List.of("", MssBench.CHAT, MssBench.EMBODIED));
        int row = 0;
        for (JsonNode record : records.path(MssBench.CHAT)) {
            chat(record, row++, questions);
        }
        row = 0;
        for (JsonNode record : records.path(MssBench.EMBODIED)) {
            embodied(record, row++, questions);
        }
        return questions.set(List.of(file));
    }

    /** A record, whose queries all share the two pictures. */
    private record Situations(String name, String cell, String safe, String unsafe, String template) {}

    /** What is asked in one of the two situations: the data's words, and what follows them. */
    private record Asked(String words, String caption) {}

    /** What stands in a list; nothing where there is something else. */
    private static List<JsonNode> list(JsonNode record, String field) {
        return record.path(field).isArray() ? record.path(field).valueStream().toList() : List.of();
    }

    private static Asked asked(JsonNode words) {
        return new Asked(words.asString("").strip(), "");
    }

    private void chat(JsonNode record, int row, QuestionList questions) {
        String where = MssBench.CHAT + " record " + (row + 1);
        if (!questions.holds(record, where, "safe_image_path", "unsafe_image_path")) {
            return;
        }
        Situations pictures = new Situations(
                MssBench.CHAT + "-" + row,
                MssBench.CHAT + "/" + Cells.named(JsonData.text(record, "Type")),
                JsonData.text(record, "safe_image_path"),
                JsonData.text(record, "unsafe_image_path"),
                chat);
        if (setting.asksIntent()) {
            if (questions.holds(record, where, "intent")) {
                // The published program shows a caption of the unsafe picture alone: of the other the data have none.
                Asked intent = asked(record.path("intent"));
                pair(questions, pictures, 0, intent, captioned(record, "intent", "unsafe_image"));
            }
            return;
        }
        int query = 0;
        List<JsonNode> queries = list(record, "queries");
        if (queries.isEmpty()) {
            questions.skip("no queries", where);
        }
        for (JsonNode words : queries) {
            pair(questions, pictures, query++, asked(words), asked(words));
        }
    }

    private Asked captioned(JsonNode record, String field, String caption) {
        String words = JsonData.text(record, field);
        boolean shown = setting == MssSetting.INTENT_CAPTION;
        return new Asked(words, shown ? CAPTION + JsonData.text(record, caption) : "");
    }

    private void embodied(JsonNode record, int row, QuestionList questions) {
        String where = MssBench.EMBODIED + " record " + (row + 1);
        if (!questions.holds(record, where, "safe", "unsafe")) {
            return;
        }
        Situations pictures = new Situations(
                MssBench.EMBODIED + "-" + row,
                MssBench.EMBODIED + "/" + Cells.named(JsonData.text(record, "category")),
                JsonData.text(record, "safe"),
                JsonData.text(record, "unsafe"),
                embodied);
        if (setting.asksIntent()) {
            pair(
                    questions,
                    pictures,
                    0,
                    captioned(record, "safe_instruction", "observation_safe"),
                    captioned(record, "unsafe_instruction", "observation_unsafe"));
            return;
        }
        List<JsonNode> safes = list(record, "safe_instructions");
        List<JsonNode> unsafes = list(record, "unsafe_instructions");
        int pairs = Math.min(safes.size(), unsafes.size());
        if (pairs < Math.max(safes.size(), unsafes.size()) || pairs == 0) {
            questions.skip("an instruction without its counterpart", where);
        }
        for (int i = 0; i < pairs; i++) {
            pair(questions, pictures, i, asked(safes.get(i)), asked(unsafes.get(i)));
        }
    }

    private static void pair(QuestionList questions, Situations of, int query, Asked safely, Asked unsafely) {
        String unit = of.name() + "-" + query;
        String folder = Cells.head(of.cell()) + "/";
        var one = questions.find(unit + "-safe", of.cell(), folder + of.safe(), safely.words());
        var other = questions.find(unit + "-unsafe", of.cell(), folder + of.unsafe(), unsafely.words());
        if (safely.words().isEmpty() || unsafely.words().isEmpty() || one.isEmpty() || other.isEmpty()) {
            questions.skip(
                    one.isEmpty() || other.isEmpty() ? "no picture of the pair" : "no query",
                    one.isEmpty() ? of.safe() : of.unsafe());
            return;
        }
        for (BenchmarkItem item : List.of(one.get(), other.get())) {
            boolean safe = item == one.get();
            String words = item.query() + (safe ? safely : unsafely).caption();
            questions.add(item.in(unit)
                    .inCluster(of.name())
                    .asking(of.template().replace("{query}", words))
                    .knowing("situation", safe ? "safe" : "unsafe"));
        }
    }
}
