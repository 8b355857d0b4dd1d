package org.espalier.workflow.bench;

import java.util.List;
import java.util.Optional;
import org.espalier.bench.run.BenchSettings;
import org.espalier.bench.suite.Benchmark;
import org.espalier.bench.suite.BenchmarkItem;
import org.espalier.core.InputException;
import org.espalier.core.Turn;
import org.espalier.core.cost.Cost;
import org.espalier.core.cost.CostForecast;
import org.espalier.endpoint.CallCost;
import org.espalier.endpoint.Endpoints;
import org.espalier.endpoint.plan.EndpointPlan;
import org.espalier.model.ModelFolder;
import org.espalier.model.WeightInventory;
import org.espalier.tensor.PlacementChoice;
import org.espalier.workflow.internal.LocalCost;
import org.espalier.workflow.run.JudgeForecast;
import org.espalier.workflow.run.Speed;

/**
 * What a measurement takes: likely if answers are half as long as they may be, at most if they are that long.
 *
 * @param answers in all
 * @param maxTokens of an answer
 * @param model empty where none is asked in this process
 * @param prompt tokens of a prompt on average; 0 where nobody is asked
 * @param asking what the model takes
 */
public record MeasurementForecast(
        long answers,
        int maxTokens,
        Optional<WeightInventory> model,
        double prompt,
        CostForecast asking,
        List<JudgeForecast> judges) {
    public MeasurementForecast {
        judges = List.copyOf(judges);
    }

    static MeasurementForecast of(
            List<BenchmarkItem> items,
            Benchmark benchmark,
            int maxTokens,
            MeasuredModel subject,
            Speed speed,
            Judges judges,
            BenchSettings settings) {
        List<List<Turn>> prompts =
                items.stream().map(BenchmarkItem::conversation).toList();
        long answers = (long) prompts.size() * benchmark.samples();
        long calls = benchmark.samples()
                * items.stream()
                        .mapToLong(item -> benchmark.callsPerAnswer(item.kind().category()))
                        .sum();
        MeasurementForecast none = new MeasurementForecast(
                answers,
                maxTokens,
                Optional.empty(),
                0,
                CostForecast.NONE,
                judges.plans().stream()
                        .map(plan -> JudgeForecast.of(plan, calls, calls, maxTokens / 2.0, maxTokens))
                        .toList());
        return switch (subject) {
            case MeasuredModel.Local local ->
                none.by(ModelFolder.open(local.model()), local.placement(), speed, prompts, settings.groupSize());
            case MeasuredModel.Remote(EndpointPlan plan) -> none.by(plan, prompts);
            case MeasuredModel.Answered _ -> none;
        };
    }

    /** So many calls, each of so many tokens. */
    private static Cost calls(EndpointPlan plan, long calls, double input, double output) {
        return CallCost.of(Endpoints.planned(plan), calls, Math.round(calls * input), Math.round(calls * output));
    }

    private MeasurementForecast by(EndpointPlan plan, List<List<Turn>> prompts) {
        double mean = prompts.stream().mapToDouble(CallCost::tokens).average().orElse(0);
        return new MeasurementForecast(
                answers,
                maxTokens,
                Optional.empty(),
                mean,
                new CostForecast(calls(plan, answers, mean, maxTokens / 2.0), calls(plan, answers, mean, maxTokens)),
                judges);
    }

    private MeasurementForecast by(
            ModelFolder folder, PlacementChoice placement, Speed speed, List<List<Turn>> prompts, int groupSize) {
        double mean = prompts.stream()
                .limit(LocalCost.COUNTED)
                .flatMap(conversation -> readable(folder, conversation).stream())
                .mapToInt(Integer::intValue)
                .average()
                .orElse(0);
        return by(LocalCost.of(folder, placement, speed), mean, prompts.size(), groupSize);
    }

    private MeasurementForecast by(LocalCost local, double mean, int questions, int groupSize) {
        return new MeasurementForecast(
                answers,
                maxTokens,
                Optional.of(local.weights()),
                mean,
                new CostForecast(
                        generated(local, mean, questions, groupSize, maxTokens / 2.0),
                        generated(local, mean, questions, groupSize, maxTokens)),
                judges);
    }

    /**
     * By a model, of so many questions of a benchmark, whose prompts have so many tokens.
     *
     * @param judge who judges each answer as often as the benchmark wants
     */
    public static MeasurementForecast of(
            LocalCost model,
            Benchmark benchmark,
            int questions,
            double prompt,
            int maxTokens,
            EndpointPlan judge,
            BenchSettings settings) {
        long answers = (long) questions * benchmark.samples();
        long calls = answers * benchmark.callsPerAnswer("");
        JudgeForecast judging = JudgeForecast.of(judge, calls, calls, maxTokens / 2.0, maxTokens);
        return new MeasurementForecast(answers, maxTokens, Optional.empty(), 0, CostForecast.NONE, List.of(judging))
                .by(model, prompt, questions, settings.groupSize());
    }

    private Cost generated(LocalCost local, double mean, int questions, int groupSize, double tokens) {
        double together = (double) Math.min(groupSize, questions) * answers / Math.max(1, questions);
        return local.generating(
                (double) answers,
                answers * mean,
                tokens,
                Math.ceil((double) questions / groupSize),
                together * (mean + tokens));
    }

    /** Empty where a picture cannot be read: its question will fail by itself. */
    private static Optional<Integer> readable(ModelFolder folder, List<Turn> conversation) {
        try {
            return Optional.of(folder.prompt(conversation).ids().length);
        } catch (InputException e) {
            return Optional.empty();
        }
    }

    /** Of all judges. */
    public CostForecast judging() {
        return judges.stream().map(JudgeForecast::cost).reduce(CostForecast.NONE, CostForecast::plus);
    }
}
