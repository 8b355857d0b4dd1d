package org.espalier.bench.suite;

import java.util.List;
import java.util.function.Function;
import org.espalier.bench.judge.FilledForm;
import org.espalier.bench.judge.JudgeCall;
import org.espalier.bench.judge.Mishap;

/** How one answer comes to its verdict. */
public sealed interface Assessment {
    /**
     * It has it: a rule decided, or the last judge has answered.
     *
     * @param jury what each juror said, where several came to the verdict together
     */
    record Decided(AnswerVerdict verdict, List<Juror> jury) implements Assessment {
        public Decided {
            jury = List.copyOf(jury);
        }

        public Decided(AnswerVerdict verdict) {
            this(verdict, List.of());
        }
    }

    /** One of a jury. */
    record Juror(String name, AnswerVerdict verdict) {}

    /** It gets none. */
    record Undecided(Mishap mishap, String reason) implements Assessment {}

    /**
     * A judge must be asked.
     *
     * @param calls put together, each independent of the others
     * @param then what follows from the judge's forms, one a call, in order
     */
    record Pending(List<JudgeCall> calls, Function<List<FilledForm>, Assessment> then) implements Assessment {
        public Pending {
            calls = List.copyOf(calls);
        }
    }

    static Assessment decided(String label, String reason) {
        return new Decided(new AnswerVerdict(label, reason));
    }

    /** One call whose form holds the verdict. */
    static Assessment asking(JudgeCall call, Function<FilledForm, AnswerVerdict> verdict) {
        return new Pending(List.of(call), forms -> new Decided(verdict.apply(forms.getFirst())));
    }
}
