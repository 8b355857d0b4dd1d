package org.espalier.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.espalier.bench.rsbench.Rate;
import org.espalier.bench.rsbench.ScoredPath;
import org.espalier.core.Risk;
import org.espalier.report.run.BenchRun;
import org.espalier.report.run.Method;

/** A question with the paths of two models, chosen by a rule that looks at the verdicts and never at the words. */
record Example(Kind kind, ScoredPath before, ScoredPath after) {
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

    static Optional<BenchRun> base(List<BenchRun> benches) {
        return benches.stream()
                .filter(bench -> bench.method().key().equals(Method.BASE.key()))
                .findFirst();
    }

    static List<Example> choose(BenchRun base, BenchRun tuned) {
        Map<String, ScoredPath> after = new LinkedHashMap<>();
        tuned.paths().forEach(path -> after.putIfAbsent(path.id(), path));
        Map<Kind, List<Example>> found = new LinkedHashMap<>();
        for (Kind kind : Kind.values()) {
            found.put(kind, new ArrayList<>());
        }
        for (ScoredPath before : base.paths()) {
            ScoredPath then = after.get(before.id());
            if (before.answer().sample() == 0 && then != null) {
                kind(before, then).ifPresent(kind -> {
                    List<Example> those = found.getOrDefault(kind, List.of());
                    if (those.size() < kind.shown) {
                        those.add(new Example(kind, before, then));
                    }
                });
            }
        }
        return found.values().stream().flatMap(List::stream).toList();
    }

    private static Optional<Kind> kind(ScoredPath before, ScoredPath after) {
        if (before.judged().isEmpty() || after.judged().isEmpty()) {
            return Optional.empty();
        }
        boolean was = Rate.SAFETY_EFFECTIVENESS.counts(before.judged().get());
        boolean is = Rate.SAFETY_EFFECTIVENESS.counts(after.judged().get());
        if (was) {
            return is ? Optional.empty() : Optional.of(Kind.SPOILT);
        }
        if (!is) {
            return Optional.of(Kind.STILL_WRONG);
        }
        return Optional.of(before.answer().asked().risk() == Risk.UNSAFE ? Kind.MENDED_UNSAFE : Kind.MENDED_SAFE);
    }
}
