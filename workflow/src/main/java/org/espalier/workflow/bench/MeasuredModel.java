package org.espalier.workflow.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.espalier.bench.run.AnswerLine;
import org.espalier.bench.run.AnswerSource;
import org.espalier.bench.run.BenchSettings;
import org.espalier.bench.run.ForeignAnswers;
import org.espalier.bench.run.RecordedAnswers;
import org.espalier.bench.run.Result;
import org.espalier.core.InputException;
import org.espalier.core.Labelled;
import org.espalier.core.Sampling;
import org.espalier.core.file.HubSnapshot;
import org.espalier.core.file.Json;
import org.espalier.core.file.RunPlan;
import org.espalier.core.text.StepSplitter;
import org.espalier.endpoint.plan.EndpointPlan;
import org.espalier.model.GenerationDefaults;
import org.espalier.report.run.RunInfo;
import org.espalier.tensor.PlacementChoice;
import org.espalier.workflow.run.RunPlans;
import org.espalier.workflow.share.MergedModel;
import org.espalier.workflow.train.AdapterTraining;
import tools.jackson.databind.node.ObjectNode;

/** The model that a benchmark measures. Whoever measures an endpoint, or answers that are there, never loads libtorch. */
public sealed interface MeasuredModel {
    /** What the endpoint is called whose address the command line gives. */
    String ENDPOINT = "asked";

    /** How a picture becomes what a model in this process sees; an endpoint is sent the file as it is. */
    String PICTURES = "EXIF orientation applied, alpha on white, grey and CMYK as RGB, then the family's own processor";

    String PICTURES_SENT = "the file as it is, sent to the endpoint";

    /** A checkpoint in this process, with an adapter or without. */
    record Local(Path model, Optional<Path> adapter, PlacementChoice placement) implements MeasuredModel {
        /** On the processor, as it is stored. */
        public Local(Path model, Optional<Path> adapter) {
            this(model, adapter, PlacementChoice.USUAL);
        }

        /** @throws InputException if the model's own settings are wanted and not computed here */
        Sampling sampling(BenchSettings settings, int maxTokens, long seed) {
            return settings.decoding() == BenchSettings.Decoding.MODEL
                    ? GenerationDefaults.read(model).sampling(maxTokens, List.of(), seed)
                    : settings.sampling(maxTokens, seed);
        }
    }

    /** A model behind an endpoint. */
    record Remote(EndpointPlan plan) implements MeasuredModel {}

    /** The answers of an earlier run, to be judged anew, or a file of them that another program wrote. */
    record Answered(Path run) implements MeasuredModel {
        public Answered {
            if (!Files.isRegularFile(run) && !Files.exists(run.resolve(AnswerLine.FILE))) {
                throw new InputException(run + " holds no " + AnswerLine.FILE
                        + ": name the folder of a benchmark's run, or a file of answers");
            }
        }

        private Path file() {
            return Files.isRegularFile(run) ? run : run.resolve(AnswerLine.FILE);
        }

        /** The answers in the place of a model; to be closed. */
        AnswerSource answers() {
            return Files.isRegularFile(run) ? new ForeignAnswers(run) : new RecordedAnswers(file());
        }

        /** How that run was measured; empty where it does not say. */
        ObjectNode protocol() {
            Path results = run.resolve(Result.FILE);
            return Files.exists(results) ? Result.protocol(results) : Json.object();
        }

        /** What that run's record says of the model, so that it has the same name and training here. */
        private RunPlan.Builder sayWho(RunPlan.Builder plan) {
            if (RunInfo.isRun(run)) {
                RunInfo record = RunInfo.read(run);
                SAYING_WHO.forEach(name ->
                        record.setting(name).ifPresent(value -> plan.setting(name, value, "the run that answered")));
                record.inputs().stream()
                        .filter(input ->
                                input.name().equals("model") || input.name().equals("adapter"))
                        .forEach(input -> plan.input(input.name(), Path.of(input.source()), input.value()));
            }
            return plan;
        }

        private static final List<String> SAYING_WHO = List.of("method", "endpoint", "model-name");
    }

    /** The same, asked in batches where it is behind an endpoint. */
    default MeasuredModel batched() {
        return this instanceof Remote(EndpointPlan plan) ? new Remote(plan.batched()) : this;
    }

    /**
     * How it is asked, for the protocol; answers that are there were asked for as their run says.
     *
     * @param pictures how they become what the model sees
     * @param decoding how tokens are chosen
     */
    record Conduct(String pictures, ObjectNode decoding) {}

    default Conduct conduct(BenchSettings settings, int maxTokens) {
        return switch (this) {
            case Local _ -> new Conduct(PICTURES, settings.protocol(maxTokens));
            case Remote _ -> new Conduct(PICTURES_SENT, settings.protocol(maxTokens));
            case Answered answered -> {
                ObjectNode asked = answered.protocol();
                yield new Conduct(
                        asked.path("pictures").asString("as in the run that answered"),
                        asked.path("decoding") instanceof ObjectNode decoding ? decoding : Json.object());
            }
        };
    }

    /** What separated the steps of answers that are there. */
    default Optional<StepSplitter.Style> steps() {
        return asked("steps").flatMap(said -> Labelled.find(StepSplitter.Style.class, said));
    }

    /** Whether answers that are there were asked for with a chain of thought. */
    default Optional<Boolean> chainOfThought() {
        return asked("chain_of_thought").map(said -> !said.equals("none"));
    }

    private Optional<String> asked(String name) {
        return this instanceof Answered answered
                ? Optional.of(answered.protocol().path(name).asString("")).filter(said -> !said.isEmpty())
                : Optional.empty();
    }

    /** What a table calls it. */
    default String title() {
        return switch (this) {
            case Local(Path model, Optional<Path> adapter, PlacementChoice _) ->
                name(model)
                        + adapter.map(folder -> " + " + name(trained(folder))).orElse("");
            case Remote(EndpointPlan plan) -> plan.model();
            case Answered(Path run) -> asked(run);
        };
    }

    /** Whoever answered there, as far as the run says. */
    private static String asked(Path run) {
        Path results = run.resolve(Result.FILE);
        return Files.exists(results) ? Result.read(results).subject() : name(run);
    }

    /** An adapter lies in the folder of the run that trained it. */
    private static Path trained(Path adapter) {
        Path parent = adapter.toAbsolutePath().normalize().getParent();
        return parent != null && name(adapter).equals(AdapterTraining.ADAPTER) ? parent : adapter;
    }

    private static String name(Path folder) {
        Path name = folder.toAbsolutePath().normalize().getFileName();
        return HubSnapshot.of(folder)
                .map(HubSnapshot::repository)
                .orElseGet(() -> name == null ? folder.toString() : name.toString());
    }

    /** Begins the plan of a run that asks it. */
    default RunPlan.Builder plan(String verb) {
        return switch (this) {
            case Local(Path model, Optional<Path> adapter, PlacementChoice placement) -> {
                RunPlan.Builder plan = RunPlans.computing(verb, placement).input("model", model);
                adapter.ifPresent(folder -> plan.input("adapter", folder));
                // What was merged in made the model, which is no base model any more.
                Optional<String> merged = adapter.isPresent() ? Optional.empty() : MergedModel.method(model);
                merged.ifPresent(method -> plan.setting("method", method, "the merged model"));
                yield plan;
            }
            case Remote(EndpointPlan plan) ->
                RunPlans.of(verb)
                        .setting("endpoint", plan.baseUrl(), "the endpoint")
                        .setting("model-name", plan.model(), "the endpoint")
                        .setting("method", plan.model(), "the endpoint");
            case Answered answered -> answered.sayWho(RunPlans.of(verb).input("answers", answered.file()));
        };
    }
}
