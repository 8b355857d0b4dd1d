package org.espalier.workflow.explore;

import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.espalier.core.Demonstrations;
import org.espalier.core.SsuiSample;
import org.espalier.core.Turn;
import org.espalier.core.cost.CostForecast;
import org.espalier.endpoint.CallCost;
import org.espalier.endpoint.Endpoint;
import org.espalier.model.ModelFolder;
import org.espalier.model.WeightInventory;
import org.espalier.srpo.explore.DemonstrationPool;
import org.espalier.srpo.explore.ExploreSettings;
import org.espalier.tensor.PlacementChoice;
import org.espalier.workflow.internal.LocalCost;
import org.espalier.workflow.run.JudgeForecast;
import org.espalier.workflow.run.Speed;

/**
 * What an exploration takes: likely if half of the paths are correct, at most if no step ever has both kinds of branches.
 *
 * @param model empty where an endpoint is asked
 * @param prompt tokens of a prompt on average, demonstrations included
 * @param path tokens of a path
 * @param steps of a path
 * @param cost of drawing
 * @param judges what each judge takes that verifies, its votes together; each path is verified once
 */
public record ExplorationForecast(
        Optional<WeightInventory> model,
        double prompt,
        double path,
        double steps,
        CostForecast cost,
        List<JudgeForecast> judges) {
    public ExplorationForecast {
        judges = List.copyOf(judges);
    }

    /** The same, each path verified by judges. */
    ExplorationForecast judgedBy(VerifierChoice.Judge judge) {
        return new ExplorationForecast(
                model,
                prompt,
                path,
                steps,
                cost,
                judge.plans().stream()
                        .map(plan -> JudgeForecast.of(
                                plan,
                                cost.likely().calls() * judge.votes(),
                                cost.most().calls() * judge.votes(),
                                // Beside the path, the reference path is shown.
                                2 * path,
                                2 * path))
                        .toList());
    }

    /** Two draws for a trunk, three for one branch of each kind, at this share of the places. */
    private static final double LIKELY_TRUNKS = 2;

    private static final double LIKELY_BRANCHES = 3 * 0.6;

    private static double likelyBranches(ExploreSettings settings) {
        return settings.stopAtPair() ? LIKELY_BRANCHES : settings.branchSamples();
    }

    /** Rounds in which a group of questions is decoded together. */
    private static final double LIKELY_ROUNDS = 5;

    /**
     * Means over questions.
     *
     * @param prompt with its demonstrations
     */
    public record Tokens(double prompt, double path, double steps) {
        static Tokens of(
                List<SsuiSample> samples,
                int counted,
                ExploreSettings settings,
                long seed,
                ToDoubleFunction<List<Turn>> prompt,
                ToDoubleFunction<String> path) {
            DemonstrationPool pool = DemonstrationPool.of(samples);
            // Of all, since each must have its demonstrations.
            List<Demonstrations> shown = samples.stream()
                    .map(sample -> pool.choose(sample, settings.examples(), settings.examplesWithPictures(), seed))
                    .toList();
            int n = Math.min(counted, samples.size());
            double prompts = 0;
            double paths = 0;
            double steps = 0;
            for (int i = 0; i < n; i++) {
                SsuiSample sample = samples.get(i);
                prompts += prompt.applyAsDouble(shown.get(i).before(sample.question())) / n;
                paths += path.applyAsDouble(sample.reference().text()) / n;
                steps += sample.reference().steps().size() / (double) n;
            }
            return new Tokens(prompts, paths, steps);
        }

        double places(ExploreSettings settings) {
            double all = Math.max(0, steps - (settings.branchLastStep() ? 0 : 1));
            int from = settings.branchFromStep();
            return from > 0 ? Math.max(0, all - (from - 1)) : Math.min(all, -from);
        }
    }

    /** By a model in this process. Refuses a question that lacks demonstrations. */
    static ExplorationForecast of(
            ModelFolder model,
            PlacementChoice placement,
            Speed speed,
            List<SsuiSample> samples,
            ExploreSettings settings,
            long seed) {
        Tokens tokens = Tokens.of(
                samples,
                LocalCost.COUNTED,
                settings,
                seed,
                conversation -> model.prompt(conversation).ids().length,
                text -> model.chat().answer(text).length);
        return of(LocalCost.of(model, placement, speed), samples.size(), tokens, settings);
    }

    /** By a model, of so many questions of such a length. */
    public static ExplorationForecast of(LocalCost local, int questions, Tokens tokens, ExploreSettings settings) {
        double places = tokens.places(settings);
        double groups = Math.ceil((double) questions / settings.groupSize());
        double together = Math.min(settings.groupSize(), questions);
        double rounds = settings.trunkAttempts() + places * settings.branchSamples();
        return new ExplorationForecast(
                Optional.of(local.weights()),
                tokens.prompt(),
                tokens.path(),
                tokens.steps(),
                new CostForecast(
                        local.generating(
                                questions * (LIKELY_TRUNKS + likelyBranches(settings) * places),
                                LIKELY_ROUNDS * questions * tokens.prompt(),
                                tokens.path(),
                                LIKELY_ROUNDS * groups,
                                together * (tokens.prompt() + 4 * tokens.path())),
                        local.generating(
                                questions * rounds,
                                questions * rounds * tokens.prompt(),
                                settings.maxTokens(),
                                rounds * groups,
                                together * (tokens.prompt() + 4.0 * settings.maxTokens()))),
                List.of());
    }

    /** By an endpoint, whose every call holds the whole prompt. */
    static ExplorationForecast of(Endpoint endpoint, List<SsuiSample> samples, ExploreSettings settings, long seed) {
        Tokens tokens = Tokens.of(samples, samples.size(), settings, seed, CallCost::tokens, CallCost::tokens);
        double places = tokens.places(settings);
        double trunks = samples.size() * LIKELY_TRUNKS;
        double branches = samples.size() * likelyBranches(settings) * places;
        double most = samples.size() * (settings.trunkAttempts() + places * settings.branchSamples());
        return new ExplorationForecast(
                Optional.empty(),
                tokens.prompt(),
                tokens.path(),
                tokens.steps(),
                new CostForecast(
                        CallCost.of(
                                endpoint,
                                Math.round(trunks + branches),
                                Math.round(trunks * tokens.prompt() + branches * (tokens.prompt() + tokens.path() / 2)),
                                Math.round(trunks * tokens.path() + branches * tokens.path() / 2)),
                        CallCost.of(
                                endpoint,
                                Math.round(most),
                                Math.round(most * (tokens.prompt() + tokens.path())),
                                Math.round(most * settings.maxTokens()))),
                List.of());
    }
}
