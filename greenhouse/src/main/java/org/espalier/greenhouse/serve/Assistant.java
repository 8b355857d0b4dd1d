package org.espalier.greenhouse.serve;

import java.util.List;
import java.util.Optional;
import org.espalier.greenhouse.Dice;
import org.espalier.greenhouse.path.Claim;
import org.espalier.greenhouse.path.PathReader;
import org.espalier.greenhouse.path.PathWriter;
import org.espalier.greenhouse.world.Combination;
import org.espalier.greenhouse.world.Harm;
import org.espalier.greenhouse.world.Thing;

/**
 * Answers the greenhouse's questions step by step, and goes on from the beginning of an answer, as its own last turn or
 * where it is asked to. Asked greedily, or with no temperature, it is right; with one it errs now and then.
 */
final class Assistant {
    private static final double ERRS = 0.35;

    private final Facts facts;
    private final PathReader reader;

    Assistant(Facts facts) {
        this.facts = facts;
        this.reader = new PathReader(facts.world());
    }

    String answer(Call call, Dice dice) {
        List<Call.Said> turns = call.conversation();
        int last = turns.size() - 1;
        while (last >= 0 && !asks(turns.get(last))) {
            last--;
        }
        if (last < 0) {
            return "I cannot tell.";
        }
        List<String> begun = begun(turns.subList(last + 1, turns.size()));
        return asked(call, turns.get(last))
                .map(c -> path(c, begun, call.temperature() > 0, dice))
                .orElse("I cannot tell.");
    }

    private boolean asks(Call.Said turn) {
        return turn.role().equals("user") && facts.action(turn.text().strip()).isPresent();
    }

    private Optional<Combination> asked(Call call, Call.Said turn) {
        return facts.about(call.shown().orElse(List.of())).stream()
                .filter(c -> facts.action(turn.text().strip())
                        .map(c.action()::equals)
                        .orElse(false))
                .findFirst();
    }

    /** The steps of its answer that stand there already. */
    private static List<String> begun(List<Call.Said> turns) {
        return turns.stream()
                .filter(turn -> turn.role().equals("assistant"))
                .flatMap(turn -> turn.text().lines())
                .filter(line -> !line.isBlank())
                .toList();
    }

    private String path(Combination c, List<String> begun, boolean errs, Dice dice) {
        if (!errs && begun.isEmpty()) {
            return facts.path(c, dice).text();
        }
        boolean unsafe = believed(c, begun) != (errs && dice.chance(ERRS));
        Optional<Harm> harm = unsafe
                ? c.hazard()
                        .or(() ->
                                Optional.of(dice.pick(List.copyOf(facts.world().harms()))))
                : Optional.empty();
        Combination believed = new Combination(c.action(), c.first(), c.second(), harm);
        List<Thing> others = facts.world().alternatives(c.action(), c.first());
        List<String> steps = PathWriter.reference(believed, others.isEmpty() ? c.second() : dice.pick(others), dice)
                .steps();
        return String.join("\n", steps.subList(Math.min(begun.size(), steps.size()), steps.size()));
    }

    /** Whether it takes the question for an unsafe one: what it said last, else what is true. */
    private boolean believed(Combination c, List<String> begun) {
        boolean unsafe = c.unsafe();
        for (String step : begun) {
            unsafe = switch (reader.read(step)) {
                case Claim.Verdict verdict -> verdict.unsafe();
                case Claim.Fact fact -> fact.harm().isPresent();
                default -> unsafe;
            };
        }
        return unsafe;
    }
}
