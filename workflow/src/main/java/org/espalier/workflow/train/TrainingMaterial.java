package org.espalier.workflow.train;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Function;
import org.espalier.core.Continuation;
import org.espalier.core.PathTree;
import org.espalier.core.Turn;
import org.espalier.core.Verifier.Verdict;
import org.espalier.core.file.RunPlan;
import org.espalier.core.file.Sha256;
import org.espalier.core.file.TreeFile;
import org.espalier.core.text.Counted;
import org.espalier.ssui.foreign.ExampleFile;
import org.espalier.ssui.foreign.ForeignExample;
import org.espalier.workflow.explore.ExploredRun;

/**
 * What is trained on, as it was read: paths by question, and what stands before them.
 *
 * @param prompts the conversation before the paths of a question
 * @param explored the exploration, if it is one
 * @param notes what a person should know of it, in sentences
 * @param inputs adds it to the plan of a run
 */
record TrainingMaterial(
        List<PathTree> trees,
        Function<PathTree, List<Turn>> prompts,
        Optional<ExploredRun> explored,
        List<String> notes,
        Consumer<RunPlan.Builder> inputs) {
    /** Of an exploration. */
    static TrainingMaterial of(ExploredRun run) {
        return new TrainingMaterial(
                run.read(),
                tree -> List.of(Turn.user(TreeFile.question(tree, run.data()))),
                Optional.of(run),
                List.of(),
                plan -> plan.input("trees", run.trees()).input("data", run.data()));
    }

    /**
     * Examples of others: each a question whose reference path is the answer in one step, with the answer and the rejected one as
     * the paths that were drawn.
     */
    static TrainingMaterial of(Path file, ExampleFile read) {
        Map<String, List<Turn>> conversations = new HashMap<>();
        read.examples().forEach(example -> conversations.put(example.id(), example.prompt()));
        return new TrainingMaterial(
                read.examples().stream().map(TrainingMaterial::tree).toList(),
                tree -> conversations.getOrDefault(tree.id(), List.of()),
                Optional.empty(),
                read.moved() == 0
                        ? List.of()
                        : List.of(Counted.of(read.moved(), "example") + " of " + file
                                + " with a picture behind words: it is shown before them."),
                plan -> plan.input("examples", file).input("pictures", file, pictures(read)));
    }

    private static String pictures(ExampleFile read) {
        return Sha256.of(read.examples().stream()
                .flatMap(example -> example.prompt().stream())
                .flatMap(turn -> turn.images().stream())
                .distinct());
    }

    private static PathTree tree(ForeignExample example) {
        List<PathTree.Attempt> attempts = new ArrayList<>();
        example.rejected().ifPresent(text -> attempts.add(attempt(0, text, Verdict.wrong("rejected"))));
        PathTree.Attempt chosen = attempt(attempts.size(), example.answer(), Verdict.CORRECT);
        attempts.add(chosen);
        return new PathTree(
                example.id(),
                "",
                example.prompt().getLast().text(),
                example.answer(),
                Optional.empty(),
                List.of(),
                false,
                List.of(example.answer()),
                Optional.of(new PathTree.Trunk(OptionalInt.of(chosen.sample()), chosen.path(), chosen.steps())),
                attempts,
                List.of(),
                new PathTree.Outcome(PathTree.Outcome.Kind.NO_PAIR, "an example"),
                new PathTree.Origin("", "", "", 0, 0));
    }

    private static PathTree.Attempt attempt(int sample, String text, Verdict verdict) {
        return new PathTree.Attempt(
                sample,
                new Continuation(text, List.of(), List.of(), Continuation.End.FINISHED),
                List.of(text),
                verdict);
    }
}
