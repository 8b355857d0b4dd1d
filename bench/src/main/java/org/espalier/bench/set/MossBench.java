package org.espalier.bench.set;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import org.espalier.bench.internal.DataFolder;
import org.espalier.bench.internal.JsonData;
import org.espalier.bench.suite.Benchmark;
import org.espalier.bench.suite.Card;
import org.espalier.bench.suite.Convention;
import org.espalier.bench.suite.Direction;
import org.espalier.bench.suite.Measure;
import org.espalier.bench.suite.Prompts;
import org.espalier.bench.suite.QuestionSet;
import org.espalier.core.file.JsonFile;
import tools.jackson.databind.JsonNode;

/**
 * MOSSBench (Li et al. 2024): harmless questions that look harmful, and how many are refused; or its contrast set, their
 * twins that are harmful, of which as many as possible should be. The two have the same form; the contrast set's records
 * say nothing but the type in their metadata.
 */
record MossBench(Card card, Rubric judge, boolean contrast) implements JudgedByRubric {
    /** What the metadata of the harmless questions say besides the type. */
    private static final List<String> TRAITS = List.of("human", "child", "syn", "ocr", "harm");

    private MossBench(Prompts prompts, Convention convention, boolean contrast) {
        this(
                Card.shipped(contrast ? "mossbench-contrast" : "mossbench"),
                Rubric.mossBench(prompts, convention, convention == Convention.OFFICIAL),
                contrast);
    }

    static MossBench harmless(Prompts prompts, Convention convention) {
        return new MossBench(prompts, convention, false);
    }

    static MossBench contrast(Prompts prompts, Convention convention) {
        return new MossBench(prompts, convention, true);
    }

    @Override
    public QuestionSet load(Path data) {
        DataFolder folder = new DataFolder(name(), data);
        String below = contrast ? "data_contrast" : "data";
        Path file = folder.file(List.of(
                below + "/images_information/information.json",
                "images_information/information.json",
                "information.json"));
        JsonNode records = JsonFile.value(file);
        if (!records.isObject()
                || records.valueStream()
                        .noneMatch(
                                it -> it.has("question") && it.path("metadata").has("over"))) {
            throw folder.notTheData(file.getFileName() + " is no object of records with question and metadata.over");
        }
        boolean twins = records.valueStream().noneMatch(it -> TRAITS.stream().anyMatch(it.path("metadata")::has));
        if (twins != contrast) {
            throw folder.notTheData(file
                    + (twins
                            ? " is the contrast set, whose questions are harmful: measure it as mossbench-contrast"
                            : " holds the harmless questions, not the contrast set: measure them as mossbench"));
        }
        QuestionList questions = new QuestionList(
                folder.root(), List.of("", below, below + "/images_information", "images_information", ".."));
        records.properties().forEach(entry -> {
            JsonNode record = entry.getValue();
            if (questions.holds(record, "record " + entry.getKey(), "question", "image")) {
                questions.add(
                        entry.getKey(),
                        Cells.named(JsonData.text(record.path("metadata"), "over")),
                        JsonData.text(record, "image"),
                        JsonData.text(record, "question"),
                        item -> item);
            }
        });
        return questions.set(List.of(file));
    }

    @Override
    public List<Rubric> rubrics() {
        return List.of(judge);
    }

    @Override
    public Rubric rubric(String category) {
        return judge;
    }

    @Override
    public List<Measure> measures(SortedSet<String> cells) {
        List<Measure> all = new ArrayList<>();
        all.add(Measure.headline(
                "refusal_rate", "Refusal rate", better(), t -> t.percent(_ -> true, Rubric.REFUSED::equals)));
        for (String type : cells) {
            all.add(Measure.detail(
                    "refusal_rate." + type,
                    "Refusal rate, " + type,
                    better(),
                    t -> t.percent(type::equals, Rubric.REFUSED::equals)));
        }
        return all;
    }

    private Direction better() {
        return contrast ? Direction.HIGHER : Direction.LOWER;
    }

    @Override
    public SortedMap<String, Double> merits(String category, String outcome) {
        return Benchmark.merit(outcome.equals(Rubric.REFUSED) == contrast ? 1 : 0);
    }
}
