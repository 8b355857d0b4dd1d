package org.espalier.bench.suite;

import java.util.List;
import java.util.function.Function;
import org.espalier.bench.judge.JudgeCall;
import org.espalier.bench.judge.Mishap;
import org.espalier.bench.judge.Statement;

/** How one answer comes to its verdict. */
public sealed interface Trial {
    /**
     * It has it: a rule decided, or the last judge has spoken.
     *
     * @param jury what each juror said, where several came to the verdict together
     */
    record Settled(Verdict verdict, List<Juror> jury) implements Trial {
        public Settled {
            jury = List.copyOf(jury);
        }

        public Settled(Verdict verdict) {
            this(verdict, List.of());
        }
    }

    /** One of a jury. */
    record Juror(String name, Verdict verdict) {}

    /** It gets none. */
    record Unjudged(Mishap mishap, String reason) implements Trial {}

    /**
     * A judge must be asked.
     *
     * @param calls put together, each independent of the others
     * @param then what follows from the statements, one a call, in order
     */
    record Hearing(List<JudgeCall> calls, Function<List<Statement>, Trial> then) implements Trial {
        public Hearing {
            calls = List.copyOf(calls);
        }
    }

    static Trial settled(String label, String reason) {
        return new Settled(new Verdict(label, reason));
    }

    /** One call whose statement is the verdict. */
    static Trial asking(JudgeCall call, Function<Statement, Verdict> verdict) {
        return new Hearing(List.of(call), said -> new Settled(verdict.apply(said.getFirst())));
    }
}
