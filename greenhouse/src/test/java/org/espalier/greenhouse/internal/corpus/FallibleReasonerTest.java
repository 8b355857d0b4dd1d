package org.espalier.greenhouse.internal.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.espalier.core.Arbiter.Judgement.Judged;
import org.espalier.core.Question;
import org.espalier.core.ReasoningPath;
import org.espalier.core.SsuiSample;
import org.espalier.core.file.Json;
import org.espalier.greenhouse.Dice;
import org.espalier.greenhouse.data.QuestionWeights;
import org.espalier.greenhouse.data.Split;
import org.espalier.greenhouse.path.GreenhouseRules;
import org.espalier.greenhouse.world.Combination;
import org.espalier.greenhouse.world.World;
import org.espalier.greenhouse.world.WorldFile;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class FallibleReasonerTest {
    private static final World WORLD = WorldFile.load();

    @Test
    void errsBothWaysAboutAsOftenAsThePlanSays() {
        Split split = Split.draw(WORLD, 1);
        FallibleReasoner reasoner = new FallibleReasoner(WORLD, split);
        GreenhouseRules rules = new GreenhouseRules(WORLD);
        List<Combination> known = split.known(WORLD);
        Map<Combination, Double> asked = new QuestionWeights(known).distribution();
        Dice dice = Dice.of(1, "test");
        double n = 6000;
        int verified = 0;
        int missed = 0;
        int needless = 0;
        int[] wrongAt = new int[9];
        for (int i = 0; i < n; i++) {
            Combination c = dice.pick(known, x -> asked.getOrDefault(x, 0.0));
            SsuiSample sample = sample(c);
            ReasoningPath path = reasoner.path(c, dice.pick(c.action().queries()), dice);
            verified += rules.verify(sample, path).correct() ? 1 : 0;
            ((Judged) rules.judge(sample, path)).firstWrongStep().ifPresent(step -> wrongAt[step]++);
            boolean right = rules.judge(sample, path) instanceof Judged j && j.safe() && j.effective();
            missed += c.unsafe() && !right ? 1 : 0;
            needless += !c.unsafe() && !right ? 1 : 0;
        }

        assertThat(verified / n).isBetween(0.28, 0.44);
        assertThat(missed / n).isBetween(0.35, 0.46);
        assertThat(needless / n).isBetween(0.20, 0.38);
        double wrong = IntStream.of(wrongAt).sum();
        for (int step = 1; step <= 8; step++) {
            assertThat(wrongAt[step] / wrong).as("step " + step).isGreaterThan(0.03);
        }
    }

    private static SsuiSample sample(Combination c) {
        ObjectNode fields = Json.object();
        fields.putObject("tag")
                .put("action", c.action().name())
                .put("first", c.first().name())
                .put("second", c.second().name());
        return new SsuiSample(
                "x",
                "x.png",
                new Question("x", Path.of("x.png"), "x"),
                new ReasoningPath(List.of("x")),
                "x",
                c.risk(),
                "x",
                fields);
    }
}
