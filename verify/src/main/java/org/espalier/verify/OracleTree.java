package org.espalier.verify;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.IntStream;
import org.espalier.core.InputException;
import org.espalier.core.file.JsonFile;
import org.espalier.model.family.ModelConfig;
import org.espalier.model.family.PictureInput;
import tools.jackson.databind.JsonNode;

/** {@code srpo_tree.json}: one question as token ids, with the pictures that its prompt shows. */
record OracleTree(
        int[] prompt,
        List<PictureInput> pictures,
        List<int[]> reference,
        List<int[]> trunk,
        List<Fork> forks,
        double k,
        double lambda) {
    /** A pair of continuations after some steps of the trunk. */
    record Fork(int sharedSteps, int[] positive, int[] negative) {}

    /**
     * Reads it.
     *
     * @param pictures of the folder by number
     * @throws InputException if it is missing or broken, or says what the model cannot be asked
     */
    static OracleTree read(
            Path folder, ModelConfig config, SortedMap<Integer, PictureInput> pictures, List<OracleCase> cases) {
        Path file = folder.resolve("srpo_tree.json");
        JsonNode json = JsonFile.read(file, "reference values come with the question they are of");
        int[] prompt = ids(json.path("prompt"), file, "prompt");
        List<Fork> forks = new ArrayList<>();
        for (JsonNode branch : json.path("branches")) {
            forks.add(new Fork(
                    branch.path("shared_steps").asInt(-1),
                    joined(steps(branch.path("positive"), file, "positive")),
                    joined(steps(branch.path("negative"), file, "negative"))));
        }
        OracleTree tree = new OracleTree(
                prompt,
                shown(prompt, config.imageToken(), pictures, cases, file),
                steps(json.path("reference"), file, "reference"),
                steps(json.path("trunk"), file, "trunk"),
                forks,
                json.path("k").asDouble(1),
                json.path("lambda").asDouble(0.3));
        tree.require(file, config.text().vocabulary());
        return tree;
    }

    private void require(Path file, int vocabulary) {
        List<int[]> all = new ArrayList<>(List.of(prompt, joined(reference), joined(trunk)));
        forks.forEach(fork -> all.addAll(List.of(fork.positive(), fork.negative())));
        IntStream.of(joined(all)).filter(id -> id >= vocabulary).findFirst().ifPresent(id -> {
            throw new InputException(
                    file + " holds the token " + id + ", outside the vocabulary of " + vocabulary + ".");
        });
        if (forks.size() < 2 || forks.stream().anyMatch(f -> f.sharedSteps() < 0 || f.sharedSteps() > trunk.size())) {
            throw new InputException(file + " needs at least two branches, each after shared_steps of the trunk.");
        }
    }

    /** The first so many steps of the trunk, as ids. */
    int[] trunk(int steps) {
        return joined(trunk.subList(0, steps));
    }

    static int[] joined(List<int[]> steps) {
        return steps.stream().flatMapToInt(IntStream::of).toArray();
    }

    private static List<int[]> steps(JsonNode node, Path file, String name) {
        List<int[]> steps = new ArrayList<>();
        for (JsonNode step : node) {
            steps.add(ids(step, file, name));
        }
        if (steps.isEmpty()) {
            throw new InputException(file + ": " + name + " must be a list of steps, each a list of token ids.");
        }
        return steps;
    }

    private static int[] ids(JsonNode node, Path file, String name) {
        int[] ids = new int[node.size()];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = node.get(i).asInt(-1);
        }
        if (ids.length == 0 || IntStream.of(ids).anyMatch(id -> id < 0)) {
            throw new InputException(file + ": " + name + " must be a list of token ids.");
        }
        return ids;
    }

    /**
     * Those of the case with the same prompt. Where there is none: for each run of picture tokens the first picture not yet
     * shown that takes so many.
     */
    private static List<PictureInput> shown(
            int[] prompt,
            int imageToken,
            SortedMap<Integer, PictureInput> pictures,
            List<OracleCase> cases,
            Path file) {
        for (OracleCase one : cases) {
            if (Arrays.equals(one.ids(), prompt)) {
                return one.pictures();
            }
        }
        List<PictureInput> left = new ArrayList<>(pictures.values());
        List<PictureInput> shown = new ArrayList<>();
        int at = 0;
        while (at < prompt.length) {
            int run = at;
            while (run < prompt.length && prompt[run] == imageToken) {
                run++;
            }
            int length = run - at;
            if (length > 0) {
                PictureInput picture = left.stream()
                        .filter(one -> one.tokens() == length)
                        .findFirst()
                        .orElseThrow(() -> new InputException(
                                file + ": no picture of the folder takes the prompt's " + length + " tokens."));
                left.remove(picture);
                shown.add(picture);
            }
            at = run + 1;
        }
        return shown;
    }
}
