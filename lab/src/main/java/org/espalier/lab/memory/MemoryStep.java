package org.espalier.lab.memory;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.PointerScope;
import org.espalier.core.InputException;
import org.espalier.core.Labelled;
import org.espalier.core.Sampling;
import org.espalier.core.Seed;
import org.espalier.lab.model.RandomAdapter;
import org.espalier.lab.model.SampleQuestion;
import org.espalier.lab.process.ProcessMemory;
import org.espalier.model.LoadedModel;
import org.espalier.model.ModelFolder;
import org.espalier.model.PictureFeatures;
import org.espalier.model.PictureFeatures.Shown;
import org.espalier.model.decoder.Deltas;
import org.espalier.model.decoder.TapeSize;
import org.espalier.model.internal.batch.FrozenDecoder;
import org.espalier.model.internal.batch.Generator;
import org.espalier.model.internal.batch.Sequence;
import org.espalier.model.internal.batch.SharedPrompt;
import org.espalier.model.lora.AdamW;
import org.espalier.model.lora.Adapter;
import org.espalier.model.lora.Gradients;
import org.espalier.srpo.objective.Objective;
import org.espalier.srpo.objective.Sft;
import org.espalier.srpo.objective.Srpo;
import org.espalier.srpo.train.TrainSettings;
import org.espalier.srpo.tree.TokenTree;
import org.espalier.srpo.tree.TreePass;
import org.espalier.tensor.Device;

/** What is measured, each in a process of its own that loads the model first. */
public enum MemoryStep implements Labelled {
    /** The model alone. */
    LOAD,
    /** A continuation of 32 tokens about the picture, with an adapter of rank 8 that is not merged. */
    SAMPLE,
    /** A step of SFT on one question, with its optimizer. */
    SFT,
    /** A step of SRPO on one question: a reference path, and two continuations after each of four steps. */
    SRPO;

    /** Tokens of the query, of a step, and steps of a path, as in the other measurements. */
    private static final int QUERY = 64;

    private static final int STEP = 40;
    private static final int STEPS = 5;
    private static final int SAMPLED = 32;

    /**
     * What a step took.
     *
     * @param tokens of prompt and answers that went through the model, shared ones once
     * @param layersAgain decoder layers that were computed again on the way back
     * @param loadSeconds until the model was there
     * @param stepSeconds of the rest
     * @param peakMib the most that the process held, 0 where the system does not say
     */
    public record Taken(
            String step, int tokens, int layersAgain, double loadSeconds, double stepSeconds, long peakMib) {}

    /** The one of that name. */
    public static MemoryStep named(String label) {
        return Labelled.find(MemoryStep.class, label)
                .orElseThrow(
                        () -> new InputException("There is no step '" + label + "': take load, sample, sft or srpo."));
    }

    /** Tokens that go through the model, for so many of the picture: to foresee the time. */
    int tokens(int ofPicture) {
        int prompt = ofPicture + 2 + QUERY;
        return switch (this) {
            case LOAD -> 0;
            case SAMPLE -> prompt + SAMPLED;
            case SFT -> prompt + STEPS * STEP;
            // The reference, the trunk as far as it is shared, and two continuations to the end after each of four
            // steps.
            case SRPO -> prompt + STEPS * STEP + (STEPS - 2) * STEP + STEP * (STEPS + 2) * (STEPS - 1);
        };
    }

    /**
     * Does it in this process.
     *
     * @param room bytes that are taken to be free for a step of training; empty: as many as there are
     */
    Taken take(Path folder, Path picture, OptionalLong room) {
        long start = System.nanoTime();
        ModelFolder opened = ModelFolder.open(folder);
        try (LoadedModel model = LoadedModel.open(opened, opened.stored(Device.CPU))) {
            double loaded = (System.nanoTime() - start) / 1e9;
            Work work = this == LOAD ? new Work(0, 0) : on(model, picture, room);
            return new Taken(
                    label(),
                    work.tokens(),
                    work.layersAgain(),
                    loaded,
                    (System.nanoTime() - start) / 1e9 - loaded,
                    ProcessMemory.peak().orElse(0));
        }
    }

    private record Work(int tokens, int layersAgain) {}

    private Work on(LoadedModel model, Path file, OptionalLong room) {
        try (PointerScope scope = new PointerScope();
                PictureFeatures pictures = new PictureFeatures(model, 0, Deltas.NONE);
                Adapter adapter = RandomAdapter.of(model.model())) {
            Shown shown = pictures.of(List.of(file));
            SplittableRandom random = new SplittableRandom(1);
            int[] prompt = prompt(model, shown.pictures().getFirst().tokens(), random);
            return switch (this) {
                case LOAD -> throw new IllegalStateException("nothing follows loading");
                case SAMPLE -> sample(model, adapter, prompt, shown);
                case SFT -> {
                    TokenTree.Leaf reference = new TokenTree.Leaf(0, words(model, STEP * STEPS, random));
                    TokenTree tree = new TokenTree(prompt, new int[0], List.of(reference), false);
                    yield train(model, adapter, Sft.PAPER, tree, shown, room);
                }
                case SRPO -> {
                    TokenTree tree = SampleQuestion.tree(prompt, STEP, STEPS, count -> words(model, count, random));
                    yield train(model, adapter, Srpo.PAPER, tree, shown, room);
                }
            };
        }
    }

    private static int[] prompt(LoadedModel model, int ofPicture, SplittableRandom random) {
        int[] prompt = words(model, ofPicture + 2 + QUERY, random);
        Arrays.fill(prompt, 1, 1 + ofPicture, model.config().imageToken());
        return prompt;
    }

    /** Random tokens that are no picture's: those of all families are among the last. */
    private static int[] words(LoadedModel model, int count, SplittableRandom random) {
        return random.ints(count, 0, model.config().text().vocabulary() - 100).toArray();
    }

    private static Work sample(LoadedModel model, Adapter adapter, int[] prompt, Shown shown) {
        SharedPrompt shared = new SharedPrompt(
                "sample",
                prompt,
                model.model().positions(prompt, shown.pictures()),
                shown.features(),
                new int[0],
                List.of(new SharedPrompt.Start(0, Seed.of(1, "tokens", 0))));
        new Generator(model.model(), FrozenDecoder.of(model.model(), adapter), Set.of(), Set.of())
                .generate(List.of(shared), Sampling.at(0.5, SAMPLED, 1), () -> Sequence.Watch.NOTHING);
        return new Work(prompt.length + SAMPLED, 0);
    }

    private static Work train(
            LoadedModel model, Adapter adapter, Objective objective, TokenTree tree, Shown shown, OptionalLong room) {
        TrainSettings settings = TrainSettings.PAPER;
        TapeSize size = TreePass.size(model.model(), List.of(tree));
        int layersAgain = room.isPresent() ? size.layersAgain(room.getAsLong()) : size.layersAgainHere(1);
        try (AdamW optimizer = new AdamW(adapter.parameters(), settings.optimizer());
                Gradients sum = new Gradients(adapter.parameters());
                PointerScope scope = new PointerScope();
                TreePass pass = TreePass.forward(
                        model.model(), List.of(tree), shown, adapter.snapshot(model.placement(), sum), layersAgain)) {
            List<double[]> none = new ArrayList<>();
            Objective.Evaluation evaluation =
                    objective.evaluate(new Objective.Scores(tree, pass.logprobs(), none, List.of()));
            pass.backward(evaluation.gradients());
            double norm = optimizer.step(settings.learningRate().learningRate(), sum.flat());
            if (!Double.isFinite(norm) || norm == 0) {
                throw new IllegalStateException("the gradient's norm is " + norm);
            }
        }
        return new Work(tree.tokens(), layersAgain);
    }
}
