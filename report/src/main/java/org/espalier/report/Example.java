package org.espalier.report;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.espalier.bench.run.AnsweredQuestions;
import org.espalier.core.Risk;
import org.espalier.report.answer.AnswerReader;
import org.espalier.report.answer.ShownAnswer;
import org.espalier.report.run.BenchRun;
import org.espalier.report.run.Method;
import org.espalier.report.run.RunInfo;

/** A question with the paths of two models, chosen by a rule that looks at the verdicts and never at the words. */
record Example(Kind kind, ShownAnswer before, ShownAnswer after) {
    /** What training did to the question; so many of a kind are shown, the first in the order of the data. */
    enum Kind {
        MENDED_UNSAFE("an unsafe question mended", 2),
        MENDED_SAFE("a safe twin mended", 2),
        SPOILT("spoilt", 1),
        STILL_WRONG("wrong before and after", 1);

        private final String words;
        private final int shown;

        Kind(String words, int shown) {
            this.words = words;
            this.shown = shown;
        }

        String words() {
            return words;
        }
    }

    /**
     * A model that was asked.
     *
     * @param label what the page calls it
     * @param benchmark by its name
     */
    record Measured(String label, String benchmark, RunInfo run) {
        static Measured of(BenchRun bench) {
            return new Measured(bench.method().label(), bench.result().benchmark(), bench.info());
        }
    }

    /** The run that base is compared with: SRPO as the paper has it if it is there, else the last trained one. */
    static Optional<BenchRun> tuned(List<BenchRun> benches) {
        List<BenchRun> trained = benches.stream()
                .filter(bench -> !bench.method().key().equals(Method.BASE.key()))
                .toList();
        return trained.stream()
                .filter(bench -> bench.method().key().equals("srpo"))
                .findFirst()
                .or(() -> trained.isEmpty() ? Optional.empty() : Optional.of(trained.getLast()));
    }

    /** The base model that a tuned one was made of. */
    static Optional<BenchRun> base(List<BenchRun> benches, BenchRun tuned) {
        return benches.stream()
                .filter(bench -> bench.method().key().equals(Method.BASE.key()) && bench.sharesBase(tuned))
                .findFirst();
    }

    /** By the first path of either. */
    static List<Example> choose(Measured base, Measured tuned) {
        Map<String, Boolean> verdicts = new HashMap<>();
        each(tuned, after -> after.good().ifPresent(good -> verdicts.put(after.id(), good)));
        Map<Kind, List<ShownAnswer>> found = new EnumMap<>(Kind.class);
        each(base, before -> {
            Boolean after = verdicts.get(before.id());
            if (before.good().isPresent() && after != null) {
                kind(before, before.good().get(), after).ifPresent(kind -> {
                    List<ShownAnswer> those = found.computeIfAbsent(kind, _ -> new ArrayList<>());
                    if (those.size() < kind.shown) {
                        those.add(before);
                    }
                });
            }
        });
        return paired(found, tuned);
    }

    private static void each(Measured model, Consumer<ShownAnswer> take) {
        AnswerReader reader = AnswerReader.of(model.benchmark(), model.run().folder());
        AnsweredQuestions.each(model.run().folder(), Long.MAX_VALUE, (answer, judgement) -> {
            if (answer.sample() == 0) {
                take.accept(reader.of(answer, Optional.of(judgement)));
            }
        });
    }

    /** Reads the words of the tuned model again, of those alone that are shown. */
    private static List<Example> paired(Map<Kind, List<ShownAnswer>> found, Measured tuned) {
        Map<String, ShownAnswer> after = new HashMap<>();
        Set<String> wanted = new HashSet<>();
        found.values().forEach(those -> those.forEach(before -> wanted.add(before.id())));
        each(tuned, path -> {
            if (wanted.contains(path.id())) {
                after.put(path.id(), path);
            }
        });
        List<Example> examples = new ArrayList<>();
        found.forEach((kind, those) -> those.forEach(before -> Optional.ofNullable(after.get(before.id()))
                .ifPresent(it -> examples.add(new Example(kind, before, it)))));
        return examples;
    }

    private static Optional<Kind> kind(ShownAnswer before, boolean was, boolean is) {
        if (was) {
            return is ? Optional.empty() : Optional.of(Kind.SPOILT);
        }
        if (!is) {
            return Optional.of(Kind.STILL_WRONG);
        }
        return Optional.of(before.risk().equals(Optional.of(Risk.UNSAFE)) ? Kind.MENDED_UNSAFE : Kind.MENDED_SAFE);
    }
}
