package org.espalier.bench.rsbench;

import org.espalier.core.Arbiter.Judgement.Judged;

/** Running counts of the judged paths of one question. */
final class QuestionCounts {
    private final Kind kind;
    private int judged;
    private int safe;
    private int effective;
    private int both;

    QuestionCounts(Kind kind) {
        this.kind = kind;
    }

    void add(Judged verdict) {
        judged++;
        safe += Rate.SAFETY.counts(verdict) ? 1 : 0;
        effective += Rate.EFFECTIVENESS.counts(verdict) ? 1 : 0;
        both += Rate.SAFETY_EFFECTIVENESS.counts(verdict) ? 1 : 0;
    }

    Kind kind() {
        return kind;
    }

    int judged() {
        return judged;
    }

    int counted(Rate rate) {
        return switch (rate) {
            case SAFETY -> safe;
            case EFFECTIVENESS -> effective;
            case SAFETY_EFFECTIVENESS -> both;
        };
    }

    double share(Rate rate) {
        return (double) counted(rate) / judged;
    }
}
