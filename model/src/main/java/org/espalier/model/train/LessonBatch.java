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
import org.espalier.model.decoder.CausalRows;
import org.espalier.model.decoder.Deltas;
import org.espalier.model.decoder.Rope;
import org.espalier.model.family.PictureInput;
import org.espalier.model.family.PromptPositions;
import org.espalier.model.family.VisionLanguageModel;

/**
 * Lessons of about one length, padded to the longest.
 *
 * @param numbers their places in what they were taken from
 */
record LessonBatch(List<Integer> numbers, List<Lesson> lessons) {
    /** A lesson joins others if less than this part of it would be padding. */
    private static final double PADDING = 0.2;

    /** More tokens than this leave the processor's caches. */
    private static final int TOKENS = 6144;

    private static final long NO_REDUCTION = 0;
    private static final long IGNORED = -100;

    /** Cuts lessons into batches of about one length each, shortest first. */
    static List<LessonBatch> cut(List<Lesson> lessons) {
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, lessons.size()).boxed().toList());
        order.sort(Comparator.comparingInt((Integer i) -> lessons.get(i).ids().length)
                .reversed());
        List<LessonBatch> batches = new ArrayList<>();
        int start = 0;
        for (int i = 1; i <= order.size(); i++) {
            int longest = lessons.get(order.get(start)).ids().length;
            if (i == order.size()
                    || lessons.get(order.get(i)).ids().length < longest * (1 - PADDING)
                    || (i + 1 - start) * longest > TOKENS) {
                List<Integer> numbers = List.copyOf(order.subList(start, i));
                batches.add(new LessonBatch(
                        numbers, numbers.stream().map(lessons::get).toList()));
                start = i;
            }
        }
        return batches;
    }

    /** Minus the log-probability of every learned token, lesson after lesson: {@code [learned]}. */
    Tensor losses(VisionLanguageModel model) {
        int length =
                lessons.stream().mapToInt(lesson -> lesson.ids().length).max().orElseThrow();
        int[] ids = new int[lessons.size() * length];
        long[][] positions = new long[3][ids.length];
        List<PictureInput> pictures = new ArrayList<>();
        for (int row = 0; row < lessons.size(); row++) {
            Lesson lesson = lessons.get(row);
            int[] padded = Arrays.copyOf(lesson.ids(), length);
            Arrays.fill(padded, lesson.ids().length, length, model.config().endToken());
            System.arraycopy(padded, 0, ids, row * length, length);
            PromptPositions places = model.positions(padded, lesson.pictures());
            for (int axis = 0; axis < 3; axis++) {
                System.arraycopy(places.rows()[axis], 0, positions[axis], row * length, length);
            }
            pictures.addAll(lesson.pictures());
        }
        Optional<Tensor> seen = pictures.isEmpty() ? Optional.empty() : Optional.of(model.see(pictures));
        Tensor hidden = model.decoder()
                .forward(
                        model.embed(ids, seen),
                        Rope.of(model.decoder().shape(), positions, model.placement()),
                        new CausalRows(lessons.size(), model.placement().attention()),
                        Deltas.NONE);
        return losses(model, hidden, length);
    }

    private Tensor losses(VisionLanguageModel model, Tensor hidden, int length) {
        int learned = lessons.stream().mapToInt(Lesson::learned).sum();
        long[] places = new long[learned];
        long[] targets = new long[learned];
        int at = 0;
        for (int row = 0; row < lessons.size(); row++) {
            Lesson lesson = lessons.get(row);
            for (int t = 1; t < lesson.ids().length; t++) {
                if (lesson.mask()[t]) {
                    places[at] = (long) row * length + t - 1;
                    targets[at++] = lesson.ids()[t];
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
