package org.espalier.workflow.study;

import java.util.List;
import org.espalier.srpo.explore.ExploreSettings;
import org.espalier.srpo.objective.Dpo;
import org.espalier.srpo.objective.Orpo;
import org.espalier.srpo.objective.Sft;
import org.espalier.srpo.objective.Srpo;
import org.espalier.srpo.train.TrainSettings;

/**
 * How long a stage takes on one processor, about: rates of the model that comes with Espalier on two cores of 2.5 GHz. What is
 * measured while a study runs corrects them all by one factor.
 */
record StageEstimate(double seconds) {
    private static final double A_QUESTION_ASKED = 0.01;
    private static final double A_PATH_DRAWN = 0.004;
    private static final double A_PATH_TRAINED = 0.005;
    /** Places of a path that are branched, about. */
    private static final int PLACES = 7;

    static StageEstimate exploring(StudyRow.Stage stage) {
        return new StageEstimate(stage.questions() * drawn(stage.explore().settings()) * A_PATH_DRAWN);
    }

    private static double drawn(ExploreSettings settings) {
        int from = settings.branchFromStep();
        int places = from < 0 ? Math.min(PLACES, -from) : Math.max(1, PLACES + 1 - from);
        return 2 + places * settings.branchSamples() * (settings.stopAtPair() ? 0.6 : 1);
    }

    static StageEstimate training(StudyRow.Stage stage) {
        TrainSettings settings = stage.train().settings();
        double paths = switch (settings.objective()) {
            case Sft _ -> 1;
            case Dpo _ -> 3;
            case Orpo _ -> 2;
            case Srpo srpo -> srpo.referencePaths() + (srpo.lambda() == 0 ? 0 : srpo.pairsFromStep() == -1 ? 1 : 3);
            default -> 6;
        };
        int questions = stage.questions();
        double again = settings.refresh() * questions * drawn(stage.explore().settings()) * A_PATH_DRAWN;
        return new StageEstimate((double) questions * settings.epochs() * paths * A_PATH_TRAINED + again);
    }

    static StageEstimate asking(List<Integer> sizes, boolean adapted) {
        return new StageEstimate(
                sizes.stream().mapToInt(Integer::intValue).sum() * A_QUESTION_ASKED * (adapted ? 1.2 : 1));
    }
}
