package org.espalier.srpo.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.espalier.core.Branch;
import org.espalier.core.Continuation;
import org.espalier.core.ContrastivePair;
import org.espalier.core.Draw;
import org.espalier.core.ExploreSummary;
import org.espalier.core.PathTree;
import org.espalier.core.ReasoningPath;
import org.espalier.core.Sampler;
import org.espalier.core.Sampling;
import org.espalier.core.SsuiSample;
import org.espalier.core.Stem;
import org.espalier.core.Verifier;
import org.espalier.core.settings.Settings;
import org.espalier.core.text.AnswerContainment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Laws that hold for whatever a model writes. */
class ExplorerTest {
    private static final List<SsuiSample> QUESTIONS = GrammarQuestions.questions(60);

    private static List<PathTree> explore(boolean lineEndTokens, ExploreSettings settings) {
        return GrammarQuestions.explorer(new GrammarSampler(lineEndTokens), settings, QUESTIONS, 11)
                .grow(QUESTIONS);
    }

    private static SsuiSample question(PathTree tree) {
        return QUESTIONS.stream()
                .filter(question -> question.id().equals(tree.id()))
                .findFirst()
                .orElseThrow();
    }

    private static Map<Integer, List<Branch>> byStep(PathTree tree) {
        Map<Integer, List<Branch>> byStep = new TreeMap<>();
        tree.branches()
                .forEach(branch -> byStep.computeIfAbsent(branch.sharedSteps(), s -> new ArrayList<>())
                        .add(branch));
        return byStep;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aBranchBeginsWithItsPartOfTheTrunkAndItsVerdictIsThatOfTheWholePath(boolean lineEndTokens) {
        AnswerContainment verifier = new AnswerContainment();
        int seen = 0;
        for (PathTree tree : explore(lineEndTokens, GrammarQuestions.PAPER)) {
            for (Branch branch : tree.branches()) {
                PathTree.Trunk trunk = tree.trunk().orElseThrow();
                PathTree.WholePath whole = tree.whole(branch);
                assertThat(whole.text())
                        .startsWith(
                                trunk.path().text().substring(0, branch.cut().chars()));
                int cut = branch.cut().tokens();
                assertThat(whole.tokens().subList(0, cut))
                        .isEqualTo(trunk.path().tokens().subList(0, cut));
                assertThat(whole.tokens())
                        .hasSize(cut + branch.continuation().tokens().size());
                assertThat(String.join("\n", whole.steps())).isEqualTo(whole.text());
                assertThat(branch.verdict().correct())
                        .isEqualTo(whole.text().endsWith("yes"))
                        .isEqualTo(verifier.verify(question(tree), new ReasoningPath(whole.steps()))
                                .correct());
                seen++;
            }
        }
        assertThat(seen).isGreaterThan(200);
    }

    @Test
    void stopsAtAStepWithOneFavorableAndOneUnfavorableBranchOrAtTheBudget() {
        int paired = 0;
        int exhausted = 0;
        for (PathTree tree : explore(false, GrammarQuestions.PAPER)) {
            for (List<Branch> branches : byStep(tree).values()) {
                assertThat(branches).extracting(Branch::sample).isEqualTo(count(branches.size()));
                long right =
                        branches.stream().filter(b -> b.verdict().correct()).count();
                if (right > 0 && right < branches.size()) {
                    paired++;
                    boolean last = branches.getLast().verdict().correct();
                    assertThat(branches.subList(0, branches.size() - 1))
                            .as("the pair is complete only with the last")
                            .noneMatch(b -> b.verdict().correct() == last);
                } else {
                    exhausted++;
                    assertThat(branches).hasSize(10);
                }
            }
        }
        assertThat(paired).isGreaterThan(50);
        assertThat(exhausted).isPositive();
    }

    private static List<Integer> count(int to) {
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < to; i++) {
            numbers.add(i);
        }
        return numbers;
    }

    @Test
    void theTrunkIsTheFirstCorrectAttempt() {
        for (PathTree tree : explore(false, GrammarQuestions.PAPER)) {
            List<PathTree.Attempt> attempts = tree.attempts();
            assertThat(attempts).extracting(PathTree.Attempt::sample).isEqualTo(count(attempts.size()));
            assertThat(attempts.subList(0, attempts.size() - 1))
                    .noneMatch(attempt -> attempt.verdict().correct());
            if (tree.trunk().isPresent()) {
                assertThat(tree.trunk().get().path())
                        .isEqualTo(attempts.getLast().path());
                assertThat(tree.trunk().get().sample()).hasValue(attempts.size() - 1);
            } else {
                assertThat(attempts).hasSize(10);
            }
        }
    }

    @Test
    void branchesEachStepButTheLast() {
        for (PathTree tree : explore(true, GrammarQuestions.PAPER)) {
            int steps = tree.trunk().map(trunk -> trunk.steps().size()).orElse(1);
            assertThat(byStep(tree).keySet()).isEqualTo(new java.util.TreeSet<>(count(steps - 1)));
        }
    }

    /** Drawing ahead, in rounds and for many questions at once, must find what this finds. */
    @Test
    void findsWhatDrawingOneByOneFinds() {
        Sampling sampling = Sampling.at(0.5, 512, 11);
        for (PathTree tree : explore(false, GrammarQuestions.PAPER)) {
            SsuiSample question = question(tree);
            Sampler one = new GrammarSampler(false);
            var turns = DemonstrationPool.of(QUESTIONS)
                    .choose(question, 2, true, 11)
                    .before(question.question());
            for (PathTree.Attempt attempt : tree.attempts()) {
                assertThat(draw(
                                one,
                                new Sampler.Request(
                                        question.id(), turns, Stem.EMPTY, List.of(Draw.whole(attempt.sample()))),
                                sampling))
                        .isEqualTo(attempt.path());
            }
            for (Branch branch : tree.branches()) {
                Continuation trunk = tree.trunk().orElseThrow().path();
                Draw draw = new Draw(branch.cut(), branch.sharedSteps() + 1, branch.sample());
                assertThat(draw(
                                one,
                                new Sampler.Request(
                                        question.id(), turns, new Stem(trunk.text(), trunk.tokens()), List.of(draw)),
                                sampling))
                        .isEqualTo(branch.continuation());
            }
        }
    }

    private static Continuation draw(Sampler sampler, Sampler.Request request, Sampling sampling) {
        return sampler.sample(List.of(request), sampling).getFirst().getFirst();
    }

    @Test
    void drawsManyQuestionsAndStepsInFewCalls() {
        GrammarSampler sampler = new GrammarSampler(false);
        GrammarQuestions.explorer(sampler, GrammarQuestions.PAPER, QUESTIONS, 11)
                .grow(QUESTIONS);
        assertThat(sampler.draws).isGreaterThan(500);
        assertThat(sampler.calls).isLessThanOrEqualTo(4 + 4);
    }

    @Test
    void countsQuestionsWithoutAPairByReason() {
        List<PathTree> trees = explore(false, GrammarQuestions.PAPER);
        ExploreSummary summary = ExploreSummary.of(trees);
        assertThat(summary.questions()).isEqualTo(60);
        assertThat(summary.outcomes().values().stream().mapToInt(n -> n).sum()).isEqualTo(60);
        assertThat(summary.outcomes())
                .containsEntry("no-trunk: never correct", 12)
                .containsEntry("no-pair: the path has one step", 6)
                .containsEntry("no-pair: always correct", 6);
        assertThat(summary.outcomes().get("paired")).isBetween(30, 36);
        assertThat(summary.pairs())
                .isEqualTo(trees.stream().mapToInt(tree -> tree.pairs().size()).sum());
        assertThat(summary.unsplit()).isGreaterThanOrEqualTo(60 + 6);
        assertThat(summary.sampledTrunks()).isEqualTo(60 - 12);
    }

    @Test
    void aPathWithoutAVerdictIsNeitherFavorableNorUnfavorable() {
        Verifier halfSilent = (sample, path) -> Math.floorMod(path.text().hashCode(), 3) == 0
                ? Verifier.Verdict.none("nothing was said")
                : new AnswerContainment().verify(sample, path);
        ExploreSettings settings = GrammarQuestions.PAPER;
        List<PathTree> trees = new Explorer(
                        new GrammarSampler(false),
                        halfSilent,
                        settings,
                        DemonstrationPool.of(QUESTIONS),
                        new PathTree.Origin("m", "t", "", 11, settings.temperature()))
                .grow(QUESTIONS);

        ExploreSummary summary = ExploreSummary.of(trees);
        assertThat(summary.undecided()).isGreaterThan(20);
        assertThat(summary.pairs()).isGreaterThan(10);
        assertThat(trees).allSatisfy(tree -> {
            assertThat(tree.pairs()).allSatisfy(pair -> {
                assertThat(pair.favorable().verdict()).isEqualTo(Verifier.Verdict.CORRECT);
                assertThat(pair.unfavorable().verdict().decided()).isTrue();
            });
        });
    }

    @Test
    void aPathCutOffByTheBudgetIsNeverCorrect() {
        // "step good1" is two tokens; a path of two lines and its answer is six and the end token.
        List<PathTree> trees =
                explore(false, GrammarQuestions.settings(7, ExploreSettings.BranchFrom.TRUNK, false, false, false, 16));
        ExploreSummary summary = ExploreSummary.of(trees);
        assertThat(summary.cutOff()).isGreaterThan(30);
        assertThat(trees.stream().flatMap(tree -> tree.paths().stream()))
                .filteredOn(path -> path.end() == Continuation.End.LENGTH)
                .noneMatch(path -> path.verdict().correct());
        List<PathTree> one =
                explore(false, GrammarQuestions.settings(1, ExploreSettings.BranchFrom.TRUNK, false, false, false, 16));
        assertThat(ExploreSummary.of(one).outcomes()).containsKey("no-trunk: always cut off by the token budget");
    }

    @Test
    void branchesTheReferencePathWhereItIsTold() {
        List<PathTree> trees = explore(
                false, GrammarQuestions.settings(512, ExploreSettings.BranchFrom.REFERENCE, false, false, false, 16));
        assertThat(trees).allMatch(tree -> tree.attempts().isEmpty());
        assertThat(trees).allMatch(tree -> tree.trunk().orElseThrow().sample().isEmpty());
        assertThat(trees.getFirst().branches().getLast().cut().tokens()).isPositive();
        assertThat(ExploreSummary.of(trees).referenceTrunks()).isEqualTo(60);
    }

    @Test
    void fallsBackToTheReferencePathWhereItIsTold() {
        for (PathTree tree : explore(
                false,
                GrammarQuestions.settings(
                        512, ExploreSettings.BranchFrom.TRUNK_ELSE_REFERENCE, false, false, false, 16))) {
            boolean own = tree.id().startsWith("q") || tree.id().startsWith("always");
            assertThat(tree.trunk().orElseThrow().sample().isPresent()).isEqualTo(own);
            assertThat(tree.trunk().orElseThrow().steps()).hasSizeGreaterThanOrEqualTo(2);
            assertThat(tree.attempts()).isNotEmpty();
        }
    }

    @Test
    void leavesOutLaterStepsAfterAOneSidedOneWhereItIsTold() {
        List<PathTree> skipping = explore(
                false, GrammarQuestions.settings(512, ExploreSettings.BranchFrom.TRUNK, true, false, false, 16));
        List<PathTree> whole = explore(false, GrammarQuestions.PAPER);
        int shorter = 0;
        for (int i = 0; i < whole.size(); i++) {
            List<List<Branch>> expected = new ArrayList<>();
            for (List<Branch> branches : byStep(whole.get(i)).values()) {
                expected.add(branches);
                if (branches.stream().allMatch(branch -> branch.verdict().correct())) {
                    break;
                }
            }
            assertThat(byStep(skipping.get(i)).values()).containsExactlyElementsOf(expected);
            shorter += expected.size() < byStep(whole.get(i)).size() ? 1 : 0;
        }
        assertThat(shorter).isGreaterThanOrEqualTo(5);
    }

    @Test
    void takesTheTrunkAsFavorableBranchWhereItIsTold() {
        List<PathTree> trees = explore(
                false, GrammarQuestions.settings(512, ExploreSettings.BranchFrom.TRUNK, false, true, false, 16));
        int pairs = 0;
        for (PathTree tree : trees) {
            for (ContrastivePair pair : tree.pairs()) {
                assertThat(pair.favorable().sample()).isEqualTo(Branch.TRUNK);
                assertThat(tree.whole(pair.favorable()).text())
                        .isEqualTo(tree.trunk().orElseThrow().path().text());
                assertThat(tree.whole(pair.favorable()).tokens())
                        .isEqualTo(tree.trunk().orElseThrow().path().tokens());
                pairs++;
            }
        }
        assertThat(pairs).isGreaterThan(50);
        assertThat(trees.stream().flatMap(tree -> tree.paths().stream()).count())
                .isEqualTo(ExploreSummary.of(trees).attempts()
                        + ExploreSummary.of(trees).branches());
    }

    @Test
    void branchesTheLastStepWhereItIsTold() {
        for (PathTree tree : explore(
                true, GrammarQuestions.settings(512, ExploreSettings.BranchFrom.TRUNK, false, false, true, 16))) {
            int steps = tree.trunk().map(trunk -> trunk.steps().size()).orElse(0);
            assertThat(byStep(tree)).hasSize(steps);
        }
    }

    @Test
    void branchesFromAStepOnWhereItIsTold() {
        for (PathTree tree : explore(false, Settings.with(GrammarQuestions.PAPER, "branch-from-step", 3))) {
            assertThat(byStep(tree).keySet()).allMatch(shared -> shared >= 2);
        }
        List<PathTree> all = explore(false, GrammarQuestions.PAPER);
        List<PathTree> last = explore(false, Settings.with(GrammarQuestions.PAPER, "branch-from-step", -1));
        for (int i = 0; i < all.size(); i++) {
            int end = all.get(i).branches().stream()
                    .mapToInt(Branch::sharedSteps)
                    .max()
                    .orElse(-1);
            assertThat(last.get(i).branches())
                    .as("the same draws, at the last place alone")
                    .isEqualTo(all.get(i).branches().stream()
                            .filter(branch -> branch.sharedSteps() == end)
                            .toList());
        }
    }

    @Test
    void drawsAllBranchesOfAStepWhereItIsTold() {
        int paired = 0;
        for (PathTree tree : explore(false, Settings.with(GrammarQuestions.PAPER, "stop-at-pair", false))) {
            for (List<Branch> branches : byStep(tree).values()) {
                assertThat(branches).extracting(Branch::sample).isEqualTo(count(10));
            }
            paired += tree.pairs().size();
        }
        assertThat(paired)
                .as("the pairs are those of the first of each kind")
                .isEqualTo(explore(false, GrammarQuestions.PAPER).stream()
                        .mapToInt(tree -> tree.pairs().size())
                        .sum());
    }
}
