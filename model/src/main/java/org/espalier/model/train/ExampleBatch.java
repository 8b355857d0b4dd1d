package org.espalier.model.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.espalier.model.decoder.CausalSequences;
import org.espalier.model.decoder.Deltas;
import org.espalier.model.decoder.Rope;
import org.espalier.model.family.PictureInput;
import org.espalier.model.family.PromptPositions;
import org.espalier.model.family.VisionLanguageModel;

/**
 * Examples of about one length, padded to the longest.
 *
 * @param numbers their places in what they were taken from
 */
record ExampleBatch(List<Integer> numbers, List<TrainingExample> examples) {
    /** An example joins others if less than this part of it would be padding. */
    private static final double PADDING = 0.2;

    /** Few enough that a step has several batches, which keep several processors busy. */
    private static final int TOKENS = 2048;

    private static final long NO_REDUCTION = 0;
    private static final long IGNORED = -100;

    /** Cuts examples into batches of about one length each, longest first. */
    static List<ExampleBatch> cut(List<TrainingExample> examples) {
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, examples.size()).boxed().toList());
        order.sort(Comparator.comparingInt((Integer i) -> examples.get(i).ids().length)
                .reversed());
        List<ExampleBatch> batches = new ArrayList<>();
        int start = 0;
        for (int i = 1; i <= order.size(); i++) {
            int longest = examples.get(order.get(start)).ids().length;
            if (i == order.size()
                    || examples.get(order.get(i)).ids().length < longest * (1 - PADDING)
                    || (i + 1 - start) * longest > TOKENS) {
                List<Integer> numbers = List.copyOf(order.subList(start, i));
                batches.add(new ExampleBatch(
                        numbers, numbers.stream().map(examples::get).toList()));
                start = i;
            }
        }
        return batches;
    }

    /** Minus the log-probability of every learned token, example after example: {@code [learned]}. */
    Tensor losses(VisionLanguageModel model) {
        int length = examples.stream()
                .mapToInt(example -> example.ids().length)
                .max()
                .orElseThrow();
        int[] ids = new int[examples.size() * length];
        long[][] positions = new long[3][ids.length];
        List<PictureInput> pictures = new ArrayList<>();
        for (int row = 0; row < examples.size(); row++) {
            TrainingExample example = examples.get(row);
            int[] padded = Arrays.copyOf(example.ids(), length);
            Arrays.fill(padded, example.ids().length, length, model.config().endToken());
            System.arraycopy(padded, 0, ids, row * length, length);
            PromptPositions places = model.positions(padded, example.pictures());
            for (int axis = 0; axis < 3; axis++) {
                System.arraycopy(places.rows()[axis], 0, positions[axis], row * length, length);
            }
            pictures.addAll(example.pictures());
        }
        Optional<Tensor> seen = pictures.isEmpty() ? Optional.empty() : Optional.of(model.pictureFeatures(pictures));
        Tensor hidden = model.decoder()
                .forward(
                        model.embed(ids, seen),
                        Rope.of(model.decoder().shape(), positions, model.placement()),
                        new CausalSequences(examples.size(), model.placement().attention()),
                        Deltas.NONE);
        return losses(model, hidden, length);
    }

    private Tensor losses(VisionLanguageModel model, Tensor hidden, int length) {
        int learned = examples.stream().mapToInt(TrainingExample::learned).sum();
        long[] places = new long[learned];
        long[] targets = new long[learned];
        int at = 0;
        for (int row = 0; row < examples.size(); row++) {
            TrainingExample example = examples.get(row);
            for (int t = 1; t < example.ids().length; t++) {
                if (example.mask()[t]) {
                    places[at] = (long) row * length + t - 1;
                    targets[at++] = example.ids()[t];
                }
            }
        }
        Tensor logits = torch.linear(
                hidden.index_select(0, model.placement().indices(places, learned)),
                model.decoder().head());
        return torch.cross_entropy_loss(
                logits, model.placement().indices(targets, learned), new TensorOptional(), NO_REDUCTION, IGNORED, 0.0);
    }
}
