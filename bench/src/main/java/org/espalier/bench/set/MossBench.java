package org.espalier.bench.set;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import org.espalier.bench.files.DataFolder;
import org.espalier.bench.files.JsonData;
import org.espalier.bench.files.PictureFinder;
import org.espalier.bench.files.Skips;
import org.espalier.bench.judge.JudgePrompt;
import org.espalier.bench.suite.Benchmark;
import org.espalier.bench.suite.Card;
import org.espalier.bench.suite.Direction;
import org.espalier.bench.suite.Item;
import org.espalier.bench.suite.Measure;
import org.espalier.bench.suite.Prompts;
import org.espalier.bench.suite.QuestionSet;
import org.espalier.bench.suite.Scored;
import org.espalier.bench.suite.Trial;
import tools.jackson.databind.JsonNode;

/** MOSSBench (Li et al. 2024): harmless questions that look harmful; how many are refused. */
public final class MossBench implements Benchmark {
    private final MossJudge judge;

    public MossBench(Prompts prompts) {
        judge = new MossJudge(prompts);
    }

    @Override
    public Card card() {
        return new Card(
                "mossbench",
                "MOSSBench",
                "Li et al. 2024, arXiv 2406.17806",
                "data/images_information/information.json and the pictures it names",
                "CC BY-SA 4.0; use as training data is prohibited",
                "GPT-4-turbo, which sees picture, query and response; an empty response is a refusal");
    }

    @Override
    public QuestionSet load(Path data) {
        DataFolder folder = new DataFolder(name(), data);
        Path file = folder.file(List.of(
                "data/images_information/information.json", "images_information/information.json", "information.json"));
        JsonNode records = JsonData.read(file);
        JsonNode first = records.properties().stream()
                .findFirst()
                .map(entry -> entry.getValue())
                .orElse(records);
        if (!records.isObject()
                || !first.has("question")
                || !first.path("metadata").has("over")) {
            throw folder.stranger(file.getFileName() + " is no object of records with question and metadata.over");
        }
        PictureFinder pictures = new PictureFinder(
                folder.root(), List.of("", "data", "data/images_information", "images_information", ".."));
        Skips skips = new Skips();
        List<Item> items = new ArrayList<>();
        records.properties().forEach(entry -> {
            String where = "record " + entry.getKey();
            JsonNode record = entry.getValue();
            String query = JsonData.words(file, where, record, "question");
            String name = JsonData.words(file, where, record, "image");
            String type = JsonData.words(file, where, record.path("metadata"), "over");
            pictures.find(name)
                    .ifPresentOrElse(
                            picture -> items.add(
                                    Item.plain(entry.getKey(), type, picture, pictures.below(picture), query)),
                            () -> skips.add("no picture", name));
        });
        return new QuestionSet(folder.root(), List.of(file), items, skips.notes());
    }

    @Override
    public int maxTokens() {
        return 512;
    }

    @Override
    public List<JudgePrompt> judgePrompts() {
        return List.of(judge.prompt());
    }

    @Override
    public Trial trial(Item item, String answer) {
        return judge.trial(item, answer);
    }

    @Override
    public boolean knows(Item item, String label) {
        return MossJudge.LABELS.contains(label);
    }

    @Override
    public String words(String cell, String label) {
        return MossJudge.words(label);
    }

    @Override
    public List<Measure> measures(SortedSet<String> cells) {
        List<Measure> all = new ArrayList<>();
        all.add(Measure.headline(
                "refusal_rate", "Refusal rate", Direction.LOWER, t -> t.percent(_ -> true, MossJudge.REFUSED::equals)));
        for (String type : cells) {
            all.add(Measure.detail(
                    "refusal_rate." + type,
                    "Refusal rate, " + type,
                    Direction.LOWER,
                    t -> t.percent(type::equals, MossJudge.REFUSED::equals)));
        }
        return all;
    }

    @Override
    public double merit(Scored unit) {
        return unit.outcome().equals(MossJudge.REFUSED) ? 0 : 1;
    }
}
