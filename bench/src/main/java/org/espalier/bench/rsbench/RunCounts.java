package org.espalier.bench.rsbench;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.espalier.bench.run.Agreement;
import org.espalier.bench.stats.Bootstrap;

/**
 * What was counted in a run, by question and by kind of question: all that figures and comparisons are made from, so
 * that a run of any length needs the memory of its questions alone.
 */
public final class RunCounts {
    private final Map<String, QuestionCounts> questions = new HashMap<>();
    /** In the order in which they were first judged: the order that figures are resampled in. */
    private final SequencedMap<String, QuestionCounts> judged = new LinkedHashMap<>();
    /** A kind to itself, so that the questions of a kind share one. */
    private final Map<Kind, Kind> known = new HashMap<>();

    private final Map<Kind, Counts> counts = new HashMap<>();

    private RunCounts() {}

    /** Counts all paths. */
    public static RunCounts of(ScoredPaths paths) {
        RunCounts counts = new RunCounts();
        paths.each(counts::add);
        return counts;
    }

    private void add(ScoredPath path) {
        QuestionCounts question = questions.get(path.id());
        Counts before = Counts.NONE;
        if (question == null) {
            Kind kind = known.computeIfAbsent(path.answer().asked().kind(), it -> it);
            question = new QuestionCounts(kind);
            questions.put(path.id(), question);
            before = Counts.QUESTION;
        }
        counts.merge(question.kind(), before.and(Counts.of(path)), Counts::and);
        if (path.judged().isPresent()) {
            question.add(path.judged().get());
            judged.putIfAbsent(path.id(), question);
        }
    }

    /** The figures of every reported slice. */
    public Results results(Bootstrap bootstrap) {
        return results(bootstrap, List.of());
    }

    /** The same, with how far its judges agree. */
    Results results(Bootstrap bootstrap, List<Agreement> agreements) {
        return new Results(
                bootstrap,
                Slice.reported(kinds()).stream()
                        .map(slice -> Figures.of(slice, this, bootstrap))
                        .toList(),
                agreements);
    }

    private Set<Kind> kinds() {
        return Collections.unmodifiableSet(counts.keySet());
    }

    /** What was counted on a slice. */
    Counts on(Slice slice) {
        // The order of a hash does not reach the result: sums of whole numbers are the same in any.
        return counts.entrySet().stream()
                .filter(of -> slice.holds(of.getKey()))
                .map(Map.Entry::getValue)
                .reduce(Counts.NONE, Counts::and);
    }

    /** The questions of a slice that a path was judged of; the others have nothing to say to a rate. */
    List<QuestionCounts> judged(Slice slice) {
        return judged.values().stream()
                .filter(question -> slice.holds(question.kind()))
                .toList();
    }

    /** The same by their ids. */
    SequencedMap<String, QuestionCounts> judgedById(Slice slice) {
        SequencedMap<String, QuestionCounts> some = new LinkedHashMap<>();
        judged.forEach((id, question) -> {
            if (slice.holds(question.kind())) {
                some.put(id, question);
            }
        });
        return some;
    }
}
