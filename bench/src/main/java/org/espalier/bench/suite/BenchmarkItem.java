package org.espalier.bench.suite;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.espalier.core.Risk;
import org.espalier.core.SsuiSample;
import org.espalier.core.Turn;

/**
 * One question as it is put to a model.
 *
 * @param id unique in its question set
 * @param unit what is scored as one: items of a unit stand together in the set
 * @param cluster units of one cluster share a picture or a record and are not independent of each other: they are drawn
 *     and resampled together
 * @param kind what the benchmark counts it under
 * @param pictures shown before the prompt
 * @param image the first picture by its path below the data, for people; empty where there is none
 * @param query the question as the data have it
 * @param prompt what is sent: the benchmark's template with the query in it
 * @param facts what judge and scorer need to know of the question
 * @param sample the SSUI sample that it asks, where it is one: exact rules judge by it
 */
public record BenchmarkItem(
        String id,
        String unit,
        String cluster,
        QuestionKind kind,
        List<Path> pictures,
        String image,
        String query,
        String prompt,
        SortedMap<String, String> facts,
        Optional<SsuiSample> sample) {
    public BenchmarkItem {
        pictures = List.copyOf(pictures);
        facts = Collections.unmodifiableSortedMap(new TreeMap<>(facts));
    }

    /** A question that is a unit of its own, is sent as it stands, and is in one cluster with others on its picture. */
    public static BenchmarkItem plain(String id, String category, Path picture, String image, String query) {
        return new BenchmarkItem(
                id,
                id,
                image,
                QuestionKind.of(category),
                List.of(picture),
                image,
                query,
                query,
                new TreeMap<>(),
                Optional.empty());
    }

    /** The question of an SSUI sample: a unit of its own, in one cluster with the other questions about its picture. */
    public static BenchmarkItem of(SsuiSample sample) {
        String split = sample.fields().path("tag").path("split").asString("");
        Optional<Risk> risk = Optional.of(sample.risk());
        return new BenchmarkItem(
                        sample.id(),
                        sample.id(),
                        sample.image(),
                        new QuestionKind(risk, Optional.of(split).filter(it -> !it.isEmpty()), sample.category()),
                        List.of(sample.question().image()),
                        sample.image(),
                        sample.question().query(),
                        sample.question().query(),
                        new TreeMap<>(),
                        Optional.of(sample))
                .knowing("reference", String.join("\n", sample.reference().steps()));
    }

    /** The same, with one fact more. */
    public BenchmarkItem knowing(String fact, String value) {
        SortedMap<String, String> more = new TreeMap<>(facts);
        more.put(fact, value);
        return new BenchmarkItem(id, unit, cluster, kind, pictures, image, query, prompt, more, sample);
    }

    /** The same as a part of a larger unit. */
    public BenchmarkItem in(String larger) {
        return new BenchmarkItem(id, larger, cluster, kind, pictures, image, query, prompt, facts, sample);
    }

    /** The same in a cluster by another name than its picture's. */
    public BenchmarkItem inCluster(String name) {
        return new BenchmarkItem(id, unit, name, kind, pictures, image, query, prompt, facts, sample);
    }

    /** The same with other words sent. */
    public BenchmarkItem asking(String words) {
        return new BenchmarkItem(id, unit, cluster, kind, pictures, image, query, words, facts, sample);
    }

    /** The same question with the picture of another. */
    public BenchmarkItem showing(BenchmarkItem other) {
        return new BenchmarkItem(id, unit, cluster, kind, other.pictures, other.image, query, prompt, facts, sample);
    }

    /** The same by another id; what is scored as one with it stays. */
    public BenchmarkItem called(String name) {
        return new BenchmarkItem(name, unit, cluster, kind, pictures, image, query, prompt, facts, sample);
    }

    /** The same under a number, where its id has been taken. */
    BenchmarkItem numbered(int times) {
        String name = id + "#" + times;
        return called(name).in(unit.equals(id) ? name : unit);
    }

    /** What the benchmark counts it under, in a word. */
    public String cell() {
        return kind.cell();
    }

    /** A fact that the loader put in; empty where it did not. */
    public String fact(String name) {
        return facts.getOrDefault(name, "");
    }

    public List<Turn> conversation() {
        return conversation(false);
    }

    /** @param textFirst whether the text stands before the pictures */
    public List<Turn> conversation(boolean textFirst) {
        return List.of(new Turn(Turn.Role.USER, pictures, prompt, textFirst));
    }
}
