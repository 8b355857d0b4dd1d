package org.espalier.workflow.explore;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.espalier.bench.judge.AnswerJudge;
import org.espalier.bench.judge.JudgeModel;
import org.espalier.bench.judge.JudgePrompt;
import org.espalier.bench.suite.Prompts;
import org.espalier.core.InputException;
import org.espalier.core.Labelled;
import org.espalier.core.SsuiSample;
import org.espalier.core.Verifier;
import org.espalier.core.file.RunPlan;
import org.espalier.core.text.AnswerContainment;
import org.espalier.core.text.Counted;
import org.espalier.endpoint.plan.EndpointPlan;
import org.espalier.greenhouse.path.GreenhouseRules;
import org.espalier.greenhouse.world.WorldFile;
import org.espalier.store.Store;
import org.espalier.workflow.internal.EndpointJudge;
import org.espalier.workflow.run.RunEndpoints;

/** Who says whether a path ends well (Eq. 3). */
public sealed interface VerifierChoice {
    /**
     * The verifier of some data.
     *
     * @param endpoints of a run, opened for {@link #plans}
     * @throws InputException if it does not know one of the samples
     */
    Named of(List<SsuiSample> samples, RunEndpoints endpoints);

    /**
     * Its name as run.json has it.
     *
     * @throws InputException if it does not know one of the samples
     */
    String label(List<SsuiSample> samples);

    /** The endpoints that it asks. */
    default List<EndpointPlan> plans() {
        return List.of();
    }

    /** The database that keeps what they answer; empty where the run's own journal does. */
    default Optional<String> store() {
        return Optional.empty();
    }

    /** What decides its verdicts, for run.json. */
    default void into(RunPlan.Builder plan, List<SsuiSample> samples) {
        plan.setting("verifier", label(samples), this == Shipped.AUTO ? "the data" : "the choice of a verifier");
    }

    /**
     * Models that say whether the last step comes to the ground truth. Their answers are kept in a journal.
     *
     * @param plans whom to ask
     * @param votes of each; the votes of all together are an odd number
     * @param store of PostgreSQL, for the answers of several processes; empty where the run's own journal keeps them
     */
    record Judge(List<EndpointPlan> plans, int votes, Optional<String> store) implements VerifierChoice {
        /** Several votes of one model at temperature 0 would be one vote. */
        private static final double AGAIN = 0.7;

        private static final int MOST_VOTES = 99;

        public Judge {
            plans = List.copyOf(plans);
            if (plans.isEmpty()) {
                throw new InputException("the verifier 'judge' needs a judge: name one with --judge URL --judge-model"
                        + " NAME, a checkpoint with --judge DIR, or an endpoints file with --endpoints FILE");
            }
            if (votes < 1 || votes > MOST_VOTES || votes * plans.size() % 2 == 0) {
                throw new InputException(Counted.of(plans.size(), "judge") + " with " + Counted.of(votes, "vote")
                        + " each: all votes together must be an odd number, so that they cannot be evenly split");
            }
            store.filter(url -> !url.startsWith("jdbc:postgresql:")).ifPresent(url -> {
                throw new InputException(
                        "answers are shared through PostgreSQL alone (jdbc:postgresql://HOST/NAME), not" + " through '"
                                + Store.shown(url) + "'");
            });
        }

        /** With the run's own journal. */
        public Judge(List<EndpointPlan> plans, int votes) {
            this(plans, votes, Optional.empty());
        }

        /** The same, with a journal that several processes share. */
        public Judge sharing(String url) {
            return new Judge(plans, votes, Optional.of(url));
        }

        @Override
        public Named of(List<SsuiSample> samples, RunEndpoints endpoints) {
            List<JudgeModel> voters = new ArrayList<>();
            for (EndpointPlan plan : plans) {
                for (int vote = 0; vote < votes; vote++) {
                    voters.add(new EndpointJudge(endpoints.of(plan), temperature(), vote));
                }
            }
            return new Named(label(samples), new AnswerJudge(prompt(), voters));
        }

        private static JudgePrompt prompt() {
            return AnswerJudge.prompt(Prompts.shipped().of(AnswerJudge.NAME));
        }

        private double temperature() {
            return votes == 1 ? 0 : AGAIN;
        }

        @Override
        public String label(List<SsuiSample> samples) {
            return "judge";
        }

        @Override
        public void into(RunPlan.Builder plan, List<SsuiSample> samples) {
            VerifierChoice.super.into(plan, samples);
            plan.setting(
                            "verifier-judges",
                            plans.stream()
                                    .map(one -> one.model()
                                            + one.adapter()
                                                    .map(folder -> " with " + folder)
                                                    .orElse(""))
                                    .toList(),
                            "the choice of a judge")
                    .setting("judge-votes", votes, "the choice of a judge")
                    .setting("judge-temperature", temperature(), "ours")
                    .setting("judge-prompt", prompt().sha256(), "the prompt that ships");
        }
    }

    /**
     * A verifier with the name that run.json has of it: a program's own, for example.
     *
     * @param label small letters, digits and hyphens; another verifier needs another
     */
    record Named(String label, Verifier verifier) implements VerifierChoice {
        @Override
        public Named of(List<SsuiSample> samples, RunEndpoints endpoints) {
            return this;
        }

        @Override
        public String label(List<SsuiSample> samples) {
            return label;
        }
    }

    /** Those that Espalier brings. */
    enum Shipped implements VerifierChoice, Labelled {
        /** The greenhouse's rules for its own data, the answer for all other. */
        AUTO,
        /** The exact rules of the greenhouse. */
        GREENHOUSE,
        /** Whether the last step contains the answer. */
        ANSWER;

        @Override
        public Named of(List<SsuiSample> samples, RunEndpoints endpoints) {
            return of(samples);
        }

        @Override
        public String label(List<SsuiSample> samples) {
            return of(samples).label();
        }

        /** The verifier of some data; none of these asks an endpoint. */
        public Named of(List<SsuiSample> samples) {
            return switch (this) {
                case AUTO -> (GreenhouseRules.applyTo(samples) ? GREENHOUSE : ANSWER).of(samples);
                case GREENHOUSE -> {
                    GreenhouseRules rules = new GreenhouseRules(WorldFile.load());
                    samples.forEach(rules::combination);
                    yield new Named(label(), rules);
                }
                case ANSWER -> new Named(label(), new AnswerContainment());
            };
        }
    }
}
