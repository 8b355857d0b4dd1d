package org.espalier.app.work;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import org.espalier.app.config.BenchSettings;
import org.espalier.core.Turn;
import org.espalier.endpoint.plan.EndpointPlan;

/**
 * What a benchmark would cost: of a model in this process memory and time, of endpoints tokens and money.
 *
 * @param prompts as they are sent
 * @param samples answers to each
 * @param maxTokens of an answer; half of them are taken to be used
 * @param callsPerAnswer of each judge
 */
public record BenchForecast(List<List<Turn>> prompts, int samples, int maxTokens, int callsPerAnswer) {
    /** Rough tokens of a judge's prompt and of a verdict. */
    private static final int RUBRIC_TOKENS = 600;

    private static final int VERDICT_TOKENS = 120;

    /** Of one benchmark or of several together; the money is zero where no price is known. */
    public record Total(long answers, long calls, BigDecimal money) {
        static final Total NONE = new Total(0, 0, BigDecimal.ZERO);

        Total and(Total other) {
            return new Total(answers + other.answers, calls + other.calls, money.add(other.money));
        }

        String words() {
            return "%,d answers, %,d calls of judges%s"
                    .formatted(answers, calls, money.signum() == 0 ? "" : ", " + EndpointCost.words(money));
        }
    }

    Total say(Desk desk, MeasuredModel subject, Judges judges, BenchSettings settings) {
        long answers = (long) prompts.size() * samples;
        BigDecimal money = BigDecimal.ZERO;
        switch (subject) {
            case MeasuredModel.Local local -> local(desk, local.model(), settings);
            case MeasuredModel.Remote(EndpointPlan plan) -> {
                double input = samples
                        * prompts.stream().mapToDouble(EndpointCost::tokens).sum();
                money = endpoint(desk, "%,d answers".formatted(answers), plan, input, answers * maxTokens / 2);
            }
            case MeasuredModel.Answered _ -> desk.say("  %,d answers are there".formatted(answers));
        }
        long calls = answers * callsPerAnswer;
        for (EndpointPlan judge : judges.plans()) {
            money = money.add(endpoint(
                    desk,
                    "%,d calls of the judge %s".formatted(calls, judge.model()),
                    judge,
                    calls * (RUBRIC_TOKENS + maxTokens / 2 + EndpointCost.PICTURE_TOKENS),
                    calls * VERDICT_TOKENS));
        }
        return new Total(answers, calls * judges.plans().size(), money);
    }

    private void local(Desk desk, Path model, BenchSettings settings) {
        try (Forecast forecast = Forecast.of(model, prompts, maxTokens / 2.0)) {
            forecast.model(desk);
            forecast.asking(desk, samples, maxTokens, settings.groupSize());
        }
    }

    private static BigDecimal endpoint(Desk desk, String what, EndpointPlan plan, double input, double output) {
        EndpointCost cost = EndpointCost.of(plan, input, output);
        desk.say("  %s: about %,d tokens in, %,d out; %s".formatted(what, cost.input(), cost.output(), cost.priced()));
        return cost.price();
    }
}
