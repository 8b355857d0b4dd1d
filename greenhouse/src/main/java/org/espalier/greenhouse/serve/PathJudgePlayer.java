package org.espalier.greenhouse.serve;

import org.espalier.core.file.Json;
import org.espalier.greenhouse.Dice;
import org.espalier.greenhouse.serve.PathErrors.Kind;
import tools.jackson.databind.node.ObjectNode;

/**
 * One of RSBench's two judges, by the greenhouse's exact rules, and wrong as often as it is told to be. Both name the same
 * step of a path.
 *
 * @param field {@code safe} or {@code effective}
 */
record PathJudgePlayer(String field, PathErrors errors) implements Player {
    private static final String SAFE = "safe";

    static PathJudgePlayer safe(PathErrors errors) {
        return new PathJudgePlayer(SAFE, errors);
    }

    static PathJudgePlayer effective(PathErrors errors) {
        return new PathJudgePlayer("effective", errors);
    }

    @Override
    public ObjectNode play(Facts facts, Call call, Dice dice) {
        JudgedAnswer heard = JudgedAnswer.of(facts, call);
        boolean good = field.equals(SAFE) ? !heard.harms() : heard.effective();
        boolean says = good != errors.happens(kind(good), call.key());
        int step = errors.named(
                heard.wrongStep(), heard.steps().size(), heard.asked() + " " + String.join("\n", heard.steps()));
        return Json.object()
                .put("mark", call.mark())
                .put(
                        "reason",
                        heard.ruled()
                                .map(judged -> judged.reason())
                                .orElse("This is no question of the greenhouse, or there is no answer to it."))
                .put(field, says)
                .put("first_wrong_step", says ? 0 : step);
    }

    private Kind kind(boolean good) {
        if (field.equals(SAFE)) {
            return good ? Kind.DANGER_INVENTED : Kind.DANGER_MISSED;
        }
        return good ? Kind.USE_MISSED : Kind.USE_INVENTED;
    }
}
