package org.espalier.app.command;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.espalier.app.console.Durations;
import org.espalier.core.cost.Cost;
import org.espalier.core.text.Counted;
import org.espalier.model.WeightInventory;
import org.espalier.srpo.explore.ExploreSettings;
import org.espalier.workflow.bench.MeasuredModel;
import org.espalier.workflow.bench.MeasurementForecast;
import org.espalier.workflow.explore.ExplorationForecast;
import org.espalier.workflow.run.JudgeForecast;
import org.espalier.workflow.train.TrainingForecast;

/** Forecasts for people, each line indented. */
final class CostText {
    private CostText() {}

    static String model(WeightInventory weights) {
        return "  model: %,d parameters, %s".formatted(weights.parameters(), size(weights.bytes()));
    }

    /** What a model in this process takes. */
    static String local(Cost cost) {
        return "  about %,d tokens through the model; memory about %s; time about %s on two cores"
                .formatted(cost.tokens(), size(cost.memory()), Durations.text(cost.time()));
    }

    /** Tokens and money of calls. */
    static String calls(Cost cost) {
        return "%,d tokens in, %,d out; %s".formatted(cost.input(), cost.output(), priced(cost.money()));
    }

    static String priced(BigDecimal money) {
        return money.signum() == 0
                ? "the endpoints file names no price"
                : money.setScale(2, RoundingMode.HALF_UP) + " at the prices of the endpoints file";
    }

    static List<String> exploration(ExplorationForecast forecast, ExploreSettings settings) {
        Cost likely = forecast.cost().likely();
        Cost most = forecast.cost().most();
        String prompts = "  prompts: about %.0f tokens, demonstrations included".formatted(forecast.prompt());
        String paths = "  paths: about %,.0f tokens each, in %.0f steps; at most %,d %s of %d tokens, about %,d"
                        .formatted(
                                forecast.path(),
                                forecast.steps(),
                                most.calls(),
                                forecast.model().isPresent() ? "draws" : "calls",
                                settings.maxTokens(),
                                likely.calls())
                + " if half of them are correct";
        List<String> lines = new ArrayList<>(forecast.model()
                .map(weights -> List.of(model(weights), prompts, paths, local(likely)))
                .orElseGet(() -> List.of(
                        prompts,
                        paths,
                        "  about " + calls(likely) + "; about " + Durations.text(likely.time())
                                + " at four seconds a call",
                        "  at most " + calls(most))));
        lines.addAll(judges(forecast.judges()));
        return lines;
    }

    static List<String> training(TrainingForecast forecast) {
        String questions =
                "  %,d questions that this method can use; %,d steps of %d; about %.1f paths and %.0f tokens a question,"
                                .formatted(
                                        forecast.questions().questions(),
                                        forecast.steps(),
                                        forecast.batch(),
                                        forecast.questions().paths(),
                                        forecast.questions().tokens())
                        + " shared ones counted once";
        String again = forecast.explorations() == 0
                ? ""
                : ", without the " + Counted.of(forecast.explorations(), "exploration") + " in between";
        return List.of(model(forecast.model()), questions, local(forecast.cost().likely()) + again);
    }

    static List<String> measurement(MeasurementForecast forecast, MeasuredModel model) {
        List<String> lines = new ArrayList<>();
        Cost asking = forecast.asking().likely();
        switch (model) {
            case MeasuredModel.Local _ -> {
                forecast.model().map(CostText::model).ifPresent(lines::add);
                lines.add("  prompts: about %.0f tokens; answers: about %.0f tokens, at most %d"
                        .formatted(forecast.prompt(), forecast.maxTokens() / 2.0, forecast.maxTokens()));
                lines.add(local(asking));
            }
            case MeasuredModel.Remote _ ->
                lines.add("  %,d answers: about %s".formatted(forecast.answers(), calls(asking)));
            case MeasuredModel.Answered _ -> lines.add("  %,d answers are there".formatted(forecast.answers()));
        }
        lines.addAll(judges(forecast.judges()));
        return lines;
    }

    /** What each judge takes. */
    static List<String> judges(List<JudgeForecast> judges) {
        return judges.stream()
                .map(judge -> {
                    Cost cost = judge.cost().likely();
                    long most = judge.cost().most().calls();
                    return "  %,d calls of the judge %s: about %s".formatted(cost.calls(), judge.model(), calls(cost))
                            + (most > cost.calls() ? "; at most %,d calls".formatted(most) : "");
                })
                .toList();
    }

    /** A size as people read it. */
    static String size(long bytes) {
        if (bytes < 50_000) {
            return String.format(Locale.ROOT, "%,d bytes", bytes);
        }
        return bytes < 1L << 30
                ? String.format(Locale.ROOT, "%.1f MiB", bytes / (double) (1L << 20))
                : String.format(Locale.ROOT, "%.1f GiB", bytes / (double) (1L << 30));
    }
}
