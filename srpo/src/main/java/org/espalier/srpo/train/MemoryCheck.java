package org.espalier.srpo.train;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.espalier.core.SurroundingsException;
import org.espalier.model.LoadedModel;
import org.espalier.srpo.train.TrainingSet.TrainingQuestion;
import org.espalier.srpo.tree.TreePass;

/**
 * Whether there is memory for every question, looked at before anything is computed: a process that is killed for want of it
 * cannot say why.
 *
 * @param room bytes beside the model
 */
record MemoryCheck(LoadedModel model, long room) {
    private static final double MIB = 1L << 20;
    private static final double GIB = 1L << 30;

    /**
     * Compares the largest with the room, as little as it can be trained with.
     *
     * @throws SurroundingsException if it does not fit, naming it
     */
    void require(List<TrainingQuestion> questions) {
        TrainingQuestion largest = Collections.max(questions, Comparator.comparingLong(this::least));
        if (least(largest) <= room) {
            return;
        }
        boolean large = least(largest) >= GIB;
        throw new SurroundingsException(String.format(
                Locale.ROOT,
                "A step on the question %s takes at least %.1f %s beside the model, and %.1f are free: %s. %s",
                largest.id(),
                least(largest) / (large ? GIB : MIB),
                large ? "GiB" : "MiB",
                room / (large ? GIB : MIB),
                QuestionSize.of(largest.tree(), model.config()),
                QuestionSize.REMEDY));
    }

    private long least(TrainingQuestion question) {
        return TreePass.size(model.model(), List.of(question.tree())).least();
    }
}
