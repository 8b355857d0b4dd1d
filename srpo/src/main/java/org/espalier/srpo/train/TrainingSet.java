package org.espalier.srpo.train;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.espalier.core.PathTree;
import org.espalier.core.Risk;
import org.espalier.core.Seed;
import org.espalier.core.Turn;
import org.espalier.core.file.TreeFile;
import org.espalier.model.ModelFolder;
import org.espalier.model.chat.PromptTokens;
import org.espalier.srpo.objective.Objective;
import org.espalier.srpo.tree.PathTokens;
import org.espalier.srpo.tree.TokenTree;

/**
 * What an objective trains on.
 *
 * @param questions that it can use, in the order of the explored trees
 * @param unusable how many it cannot use
 */
public record TrainingSet(List<TrainingQuestion> questions, int unusable) {
    /**
     * One question.
     *
     * @param images pictures of the prompt, in order
     * @param tree the paths that the objective looks at
     * @param risk where its data says so
     * @param weight of its loss in the mean over a batch
     */
    public record TrainingQuestion(String id, List<Path> images, TokenTree tree, Optional<Risk> risk, double weight) {
        public TrainingQuestion {
            images = List.copyOf(images);
        }

        TrainingQuestion withWeight(double other) {
            return new TrainingQuestion(id, images, tree, risk, other);
        }
    }

    public TrainingSet {
        questions = List.copyOf(questions);
    }

    /**
     * Asks the objective for the paths of each explored question.
     *
     * @param dataFile the data file whose folder the trees' pictures lie below
     * @param model whose tokens the paths are made of; its weights are not needed
     * @param seed of the paths that an objective draws
     */
    public static TrainingSet of(
            Objective objective, List<PathTree> trees, Path dataFile, ModelFolder model, long seed) {
        return of(objective, trees, asked(dataFile), model, seed);
    }

    /** Training sequences hold no demonstrations: p(τ|Q) (Eq. 6). */
    static Function<PathTree, List<Turn>> asked(Path dataFile) {
        return tree -> List.of(Turn.user(TreeFile.question(tree, dataFile)));
    }

    /**
     * Asks the objective for each question's paths.
     *
     * @param prompts what stands before the paths of a question
     */
    public static TrainingSet of(
            Objective objective,
            List<PathTree> trees,
            Function<PathTree, List<Turn>> prompts,
            ModelFolder model,
            long seed) {
        List<TrainingQuestion> questions = new ArrayList<>();
        DrawnTexts texts = new DrawnTexts(model.tokenizer());
        for (PathTree tree : trees) {
            if (tree.origin().tokenizer().equals(model.tokenizer().sha256())) {
                texts.check(tree);
            }
            PromptTokens prompt = model.prompt(prompts.apply(tree));
            PathTokens tokens = new PathTokens(
                    tree,
                    prompt.ids(),
                    model.chat(),
                    model.tokenizer().sha256(),
                    (text, ids, chars) -> model.tokenizer()
                            .borders(text, ids)
                            .atOrAfter(chars)
                            .tokens());
            SplittableRandom random = Seed.of(seed, "paths").and(tree.id()).random();
            objective
                    .select(tree, tokens, random)
                    .ifPresent(selected ->
                            questions.add(new TrainingQuestion(tree.id(), prompt.images(), selected, tree.risk(), 1)));
        }
        return new TrainingSet(questions, trees.size() - questions.size());
    }

    /**
     * The same with weights by which unsafe and safe questions count the same altogether; 1 on average. Unchanged where all that
     * is known to be one is the same.
     */
    public TrainingSet balanced() {
        double unsafe = count(Risk.UNSAFE);
        double safe = count(Risk.SAFE);
        if (unsafe == 0 || safe == 0) {
            return this;
        }
        double half = (unsafe + safe) / 2;
        return new TrainingSet(
                questions.stream()
                        .map(question -> question.withWeight(question.risk()
                                .map(risk -> half / (risk == Risk.UNSAFE ? unsafe : safe))
                                .orElse(1.0)))
                        .toList(),
                unusable);
    }

    private long count(Risk risk) {
        return questions.stream()
                .filter(question -> question.risk().equals(Optional.of(risk)))
                .count();
    }

    /**
     * How much there is to train on.
     *
     * @param questions that the objective can use
     * @param paths of a question, on average
     * @param tokens of a question, on average, shared ones counted once
     * @param most tokens of the largest question
     */
    public record Extent(int questions, double paths, double tokens, int most) {}

    /**
     * Tokens of pictures in the question that has most.
     *
     * @param image stands for one
     */
    public long pictureTokens(int image) {
        return questions.stream()
                .mapToLong(question -> Arrays.stream(question.tree().prompt())
                        .filter(id -> id == image)
                        .count())
                .max()
                .orElse(0);
    }

    /** How much training on these questions is. */
    public Extent extent() {
        List<TokenTree> trees = questions.stream().map(TrainingQuestion::tree).toList();
        return new Extent(
                trees.size(),
                trees.stream().mapToInt(tree -> tree.leaves().size()).average().orElse(0),
                trees.stream().mapToInt(TokenTree::tokens).average().orElse(0),
                trees.stream().mapToInt(TokenTree::tokens).max().orElse(0));
    }
}
