package org.espalier.ssui.build;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How far a build has come.
 *
 * @param pictures of the pool that went in
 * @param stages in the order of the work
 * @param drafts at the end of it
 * @param spent money on the endpoints so far
 * @param failure what went wrong last at an endpoint that has answered nothing since
 */
public record BuildFunnel(long pictures, List<Stage> stages, long drafts, BigDecimal spent, Optional<String> failure) {
    /**
     * One stage.
     *
     * @param reached samples that came to it
     * @param open waiting or in work
     * @param passed went to the next agent
     * @param dropped ended by the agent's judgement
     * @param dead ended for want of a usable answer
     */
    public record Stage(String name, long reached, long open, long passed, long dropped, long dead) {
        /** What came to an end here. */
        long ended() {
            return passed + dropped + dead;
        }
    }

    /** So much of a reason leaves room for the rest of the line. */
    private static final int QUOTED = 60;

    public BuildFunnel {
        stages = List.copyOf(stages);
    }

    /** Whether nothing is left to do. */
    public boolean done() {
        return stages.stream().allMatch(stage -> stage.open() == 0);
    }

    /** Agents' verdicts so far: about the calls that were made for them. */
    public long ended() {
        return stages.stream().mapToLong(Stage::ended).sum();
    }

    /** Verdicts still to come, if what is open fares as what has ended; a stage nobody has passed yet lets all pass. */
    public long toGo() {
        double coming = 0;
        double all = 0;
        for (Stage stage : stages) {
            double open = stage.open() + coming;
            all += open;
            coming = open * (stage.ended() == 0 ? 1 : (double) stage.passed() / stage.ended());
        }
        return Math.round(all);
    }

    /** Money to go, at what a verdict has cost so far. */
    public BigDecimal costToGo() {
        return ended() == 0
                ? BigDecimal.ZERO
                : spent.multiply(BigDecimal.valueOf(toGo()))
                        .divide(BigDecimal.valueOf(ended()), 6, java.math.RoundingMode.HALF_UP);
    }

    /** Dead letters. */
    public long dead() {
        return stages.stream().mapToLong(Stage::dead).sum();
    }

    /** On one line: what keeps it from continuing, money, what each agent let pass in their order, drafts. */
    public String line() {
        StringBuilder line = new StringBuilder();
        if (!done()) {
            failure.ifPresent(reason ->
                    line.append(reason, 0, Math.min(reason.length(), QUOTED)).append("; "));
        }
        if (spent.signum() > 0) {
            line.append("spent ").append(money(spent));
            line.append(done() ? "" : ", to go " + money(costToGo())).append("; ");
        }
        line.append(pictures);
        stages.forEach(stage -> line.append(" > ").append(stage.passed()));
        line.append(" drafts");
        if (dead() > 0) {
            line.append(", ").append(dead()).append(" dead");
        }
        return line.toString();
    }

    /** For people, a line an agent. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("%-11s %9s %9s %9s %9s %9s".formatted("agent", "reached", "passed", "dropped", "dead", "open"));
        for (Stage stage : stages) {
            lines.add("%-11s %9d %9d %9d %9d %9d"
                    .formatted(
                            stage.name(),
                            stage.reached(),
                            stage.passed(),
                            stage.dropped(),
                            stage.dead(),
                            stage.open()));
        }
        return lines;
    }

    /** Money as people read it: cents, or more digits where it is less. */
    public static String money(BigDecimal amount) {
        return amount.setScale(amount.compareTo(BigDecimal.ONE) < 0 ? 4 : 2, java.math.RoundingMode.HALF_UP)
                .toPlainString();
    }
}
