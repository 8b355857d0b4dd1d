package org.espalier.studio.run;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.espalier.bench.run.AnswerLine;
import org.espalier.bench.run.JudgementLine;
import org.espalier.core.file.Fields;
import org.espalier.core.file.LineIndex;
import org.espalier.core.file.Problems;
import org.espalier.report.answer.AnswerReader;
import org.espalier.report.answer.ShownAnswer;
import org.espalier.studio.internal.web.Refused;
import org.espalier.studio.run.AnswerFilter.Facet;

/**
 * The answers of a benchmark run with their judgements. In memory are places of lines, labels and what was searched for
 * last, some 40 bytes an answer; texts are read when they are shown. The files are looked at with every question, and
 * what was added is read. Thread-safe.
 */
final class AnswerIndex {
    /** Searches that are kept, so that turning pages does not search again. */
    private static final int SEARCHES = 8;

    /**
     * What a search found.
     *
     * @param through places below this one were judged then, and need not be looked at again
     */
    private record Found(int[] places, int through, int size) {}

    private final Path answerFile;
    private final Path judgementFile;
    private final LineIndex answers;
    private final LineIndex judgements;
    private final String benchmark;
    /** Made when the first line is read: it brings the prompts of all benchmarks, and most runs have no answers. */
    private Optional<AnswerReader> reader = Optional.empty();

    private final Map<Facet, LabelColumn> columns = new EnumMap<>(Facet.class);
    private final BitSet silent = new BitSet();
    private int known;
    private int judged;
    private long version;
    private final Map<String, Found> searches = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Found> eldest) {
            return size() > SEARCHES;
        }
    };

    /** @param benchmark whose words labels are said in */
    AnswerIndex(Path folder, String benchmark) {
        this.answerFile = folder.resolve(AnswerLine.FILE);
        this.judgementFile = folder.resolve(JudgementLine.FILE);
        this.answers = new LineIndex(answerFile);
        this.judgements = new LineIndex(judgementFile);
        this.benchmark = benchmark;
        for (Facet facet : Facet.values()) {
            columns.put(facet, new LabelColumn());
        }
    }

    synchronized int size() {
        refresh();
        return known;
    }

    /** The answer at a place, from 0. */
    synchronized ShownAnswer at(int place) {
        refresh();
        if (place < 0 || place >= known) {
            throw Refused.unknown("There is no such answer.");
        }
        return read(
                place, answers.line(place), place < judged ? Optional.of(judgements.line(place)) : Optional.empty());
    }

    /** Takes an answer with its place. */
    interface Each {
        /** @param merit as {@link AnswerReader#merit} */
        void take(int place, ShownAnswer answer, OptionalDouble merit);
    }

    /** Hands over every answer in order. */
    synchronized void each(Each each) {
        refresh();
        Take take = (place, answer, judgement) ->
                each.take(place, read(place, answer, judgement), merit(place, answer, judgement));
        walk(0, judged, take);
        walk(judged, known, take);
    }

    private OptionalDouble merit(int place, String answer, Optional<String> judgement) {
        Problems problems = new Problems(answerFile);
        return Fields.of(answer, place + 1L, problems)
                .flatMap(said -> judgement
                        .flatMap(line -> Fields.of(line, place + 1L, problems))
                        .map(line -> reader().merit(AnswerLine.read(said), JudgementLine.read(line))))
                .orElse(OptionalDouble.empty());
    }

    /** Another number whenever the files have changed. */
    synchronized long version() {
        refresh();
        return version;
    }

    /** Places of the answers that fit, in order. */
    synchronized int[] find(AnswerFilter filter) {
        refresh();
        IntPredicate fits = columns.entrySet().stream()
                .map(column -> column.getValue().where(label -> filter.fits(column.getKey(), label)))
                .reduce(_ -> true, IntPredicate::and);
        IntStream places = filter.words().isEmpty() ? IntStream.range(0, known) : Arrays.stream(search(filter.words()));
        return places.filter(fits).toArray();
    }

    /** Places of the answers in which the model said something. */
    synchronized int[] said() {
        refresh();
        return IntStream.range(0, known).filter(place -> !silent.get(place)).toArray();
    }

    /** How many answers have each label of a facet. */
    synchronized SortedMap<String, Integer> counted(Facet facet) {
        return columns.getOrDefault(facet, new LabelColumn()).counted();
    }

    private void refresh() {
        LineIndex.Change answered = answers.refresh();
        LineIndex.Change verdicts = judgements.refresh();
        if (answered != LineIndex.Change.NONE || verdicts != LineIndex.Change.NONE) {
            version++;
        }
        if (answered == LineIndex.Change.REPLACED || verdicts == LineIndex.Change.REPLACED) {
            forget();
        }
        int pairs = Math.min(answers.size(), judgements.size());
        if (pairs > judged) {
            walk(judged, pairs, this::enter);
            judged = pairs;
            known = Math.max(known, pairs);
        }
        if (answers.size() > known) {
            walk(known, answers.size(), this::enter);
            known = answers.size();
        }
    }

    private void forget() {
        known = 0;
        judged = 0;
        columns.values().forEach(LabelColumn::clear);
        silent.clear();
        searches.clear();
    }

    private void enter(int place, String answer, Optional<String> judgement) {
        ShownAnswer shown = read(place, answer, judgement);
        columns.forEach((facet, column) -> column.put(place, facet.of(shown)));
        silent.set(place, !shown.answered());
    }

    private int[] search(String words) {
        Found before = Optional.ofNullable(searches.get(words)).orElse(new Found(new int[0], 0, 0));
        if (before.through() == judged && before.size() == known) {
            return before.places();
        }
        WordSearch search = new WordSearch(words);
        IntStream.Builder found = IntStream.builder();
        Arrays.stream(before.places()).filter(place -> place < before.through()).forEach(found);
        Take take = (place, answer, judgement) -> {
            if (search.finds(answer, judgement.orElse(""), () -> read(place, answer, judgement))) {
                found.add(place);
            }
        };
        walk(before.through(), judged, take);
        walk(Math.max(before.through(), judged), known, take);
        int[] places = found.build().toArray();
        searches.put(words, new Found(places, judged, known));
        return places;
    }

    private interface Take {
        void take(int place, String answer, Optional<String> judgement);
    }

    /** Lines from one place to another, all of them judged or none. */
    private void walk(int from, int to, Take take) {
        boolean both = to <= Math.min(answers.size(), judgements.size());
        if (from >= to) {
            return;
        }
        try (LineIndex.Walk said = answers.from(from)) {
            if (!both) {
                for (int place = from; place < to; place++) {
                    take.take(place, said.next(), Optional.empty());
                }
                return;
            }
            try (LineIndex.Walk verdicts = judgements.from(from)) {
                for (int place = from; place < to; place++) {
                    take.take(place, said.next(), Optional.of(verdicts.next()));
                }
            }
        }
    }

    private ShownAnswer read(int place, String answer, Optional<String> judgement) {
        Problems inAnswer = new Problems(answerFile);
        Problems inJudgement = new Problems(judgementFile);
        Optional<Fields> said = Fields.of(answer, place + 1L, inAnswer);
        Optional<Fields> verdicts = judgement.flatMap(line -> Fields.of(line, place + 1L, inJudgement));
        Optional<ShownAnswer> shown = said.flatMap(line -> reader().read(line, verdicts));
        inAnswer.throwIfAny();
        inJudgement.throwIfAny();
        return shown.orElseThrow(() -> Refused.unknown("There is no such answer."));
    }

    private AnswerReader reader() {
        AnswerReader known = reader.orElseGet(() -> AnswerReader.of(benchmark, answerFile.resolveSibling("")));
        reader = Optional.of(known);
        return known;
    }
}
