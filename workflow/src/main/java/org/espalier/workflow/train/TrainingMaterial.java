package org.espalier.workflow.train;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
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

/** What is trained on, as it was read: paths by question, and what stands before them. */
sealed interface TrainingMaterial {
    List<PathTree> trees();

    /** The conversation before the paths of a question. */
    Function<PathTree, List<Turn>> prompts();

    /** The exploration, if it is one. */
    Optional<ExploredRun> explored();

    /** What a person should know of it, in sentences. */
    List<String> notes();

    /** Adds it to the plan of a run. */
    void into(RunPlan.Builder plan);

    /** Of an exploration. */
    record Trees(ExploredRun run, List<PathTree> trees) implements TrainingMaterial {
        @Override
        public Function<PathTree, List<Turn>> prompts() {
            return tree -> List.of(Turn.user(TreeFile.question(tree, run.data())));
        }

        @Override
        public Optional<ExploredRun> explored() {
            return Optional.of(run);
        }

        @Override
        public List<String> notes() {
            return List.of();
        }

        @Override
        public void into(RunPlan.Builder plan) {
            plan.input("trees", run.trees()).input("data", run.data());
        }
    }

    /**
     * Examples of others: each a question whose reference path is the answer in one step, with the answer and the rejected one as
     * the paths that were drawn.
     */
    record Examples(Path file, ExampleFile read, List<PathTree> trees, Map<String, List<Turn>> conversations)
            implements TrainingMaterial {
        static Examples of(Path file, ExampleFile read) {
            Map<String, List<Turn>> conversations = new HashMap<>();
            List<PathTree> trees = new ArrayList<>();
            for (ForeignExample example : read.examples()) {
                conversations.put(example.id(), example.prompt());
                trees.add(tree(example));
            }
            return new Examples(file, read, trees, conversations);
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

        @Override
        public Function<PathTree, List<Turn>> prompts() {
            return tree -> conversations.getOrDefault(tree.id(), List.of());
        }

        @Override
        public Optional<ExploredRun> explored() {
            return Optional.empty();
        }

        @Override
        public List<String> notes() {
            return read.moved() == 0
                    ? List.of()
                    : List.of(Counted.of(read.moved(), "example") + " of " + file
                            + " with a picture behind words: it is shown before them.");
        }

        @Override
        public void into(RunPlan.Builder plan) {
            Set<Path> pictures = new LinkedHashSet<>();
            read.examples().forEach(example -> example.prompt().forEach(turn -> pictures.addAll(turn.images())));
            StringBuilder hashes = new StringBuilder();
            pictures.forEach(picture -> hashes.append(Sha256.of(picture)).append('\n'));
            plan.input("examples", file).input("pictures", file, Sha256.of(hashes.toString()));
        }
    }
}
