package org.espalier.srpo.explore;

import java.util.ArrayList;
import java.util.List;
import org.espalier.core.Branch;
import org.espalier.core.Cut;
import org.espalier.core.Draw;

/**
 * A place on a trunk and the branches drawn there so far.
 *
 * <p>What is kept is what drawing one by one would have drawn: a branch that was drawn ahead, after the pair was
 * complete, is dropped.
 */
final class BranchPoint {
    private final int sharedSteps;
    private final Cut cut;
    private final int restStart;
    private final boolean stopAtPair;
    private final List<Branch> branches = new ArrayList<>();
    private int drawn;
    private boolean favorable;
    private boolean unfavorable;

    /**
     * @param restStart where on the trunk's text the shared steps end; not after the cut
     * @param stopAtPair whether a favorable and an unfavorable branch are all it needs
     */
    BranchPoint(int sharedSteps, Cut cut, int restStart, boolean stopAtPair) {
        this.sharedSteps = sharedSteps;
        this.cut = cut;
        this.restStart = restStart;
        this.stopAtPair = stopAtPair;
    }

    int sharedSteps() {
        return sharedSteps;
    }

    Cut cut() {
        return cut;
    }

    int restStart() {
        return restStart;
    }

    List<Branch> branches() {
        return branches;
    }

    boolean paired() {
        return favorable && unfavorable;
    }

    boolean hasUnfavorable() {
        return unfavorable;
    }

    private boolean complete() {
        return stopAtPair && paired();
    }

    boolean open(int budget) {
        return !complete() && drawn < budget;
    }

    /** The next round of draws: two, then as many as were drawn before, never beyond the budget. */
    List<Draw> round(int budget) {
        List<Draw> round = new ArrayList<>();
        for (int sample = drawn; sample < Math.min(budget, drawn + Math.max(2, drawn)); sample++) {
            round.add(new Draw(cut, sharedSteps + 1, sample));
        }
        return round;
    }

    /** Takes the next branch by sample number, unless it needs no more. */
    void take(Branch branch) {
        if (complete()) {
            return;
        }
        branches.add(branch);
        drawn += branch.sample() == Branch.TRUNK ? 0 : 1;
        favorable |= branch.verdict().correct();
        unfavorable |= !branch.verdict().correct();
    }
}
