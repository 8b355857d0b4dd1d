package org.espalier.bench.set;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import org.espalier.bench.internal.DataFolder;
import org.espalier.bench.internal.JsonData;
import org.espalier.bench.judge.JudgePrompt;
import org.espalier.bench.suite.Assessment;
import org.espalier.bench.suite.Benchmark;
import org.espalier.bench.suite.BenchmarkItem;
import org.espalier.bench.suite.Card;
import org.espalier.bench.suite.Direction;
import org.espalier.bench.suite.Finding;
import org.espalier.bench.suite.Measure;
import org.espalier.bench.suite.ModelAnswer;
import org.espalier.bench.suite.Prompts;
import org.espalier.bench.suite.QuestionSet;
import tools.jackson.databind.JsonNode;

/** MOSSBench (Li et al. 2024): harmless questions that look harmful; how many are refused. */
final class MossBench implements Benchmark {
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
            throw folder.notTheData(file.getFileName() + " is no object of records with question and metadata.over");
        }
        QuestionList questions = new QuestionList(
                folder.root(), List.of("", "data", "data/images_information", "images_information", ".."));
        records.properties().forEach(entry -> {
            String where = "record " + entry.getKey();
            JsonNode record = entry.getValue();
            String query = JsonData.words(file, where, record, "question");
            String picture = JsonData.words(file, where, record, "image");
            String type = JsonData.words(file, where, record.path("metadata"), "over");
            questions.add(entry.getKey(), type, picture, query, item -> item);
        });
        return questions.set(List.of(file));
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
    public Assessment assess(BenchmarkItem item, ModelAnswer answer) {
        return judge.assess(item, answer.text());
    }

    @Override
    public boolean knows(String category, String label) {
        return MossJudge.LABELS.contains(label);
    }

    @Override
    public List<Finding> findings(String category, String label) {
        return List.of(Finding.neither(MossJudge.words(label)));
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
    public SortedMap<String, Double> merits(String category, String outcome) {
        return Benchmark.merit(outcome.equals(MossJudge.REFUSED) ? 0 : 1);
    }
}
