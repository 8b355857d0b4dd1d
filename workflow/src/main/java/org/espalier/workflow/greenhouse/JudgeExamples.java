package org.espalier.workflow.greenhouse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.espalier.bench.judge.AnswerJudge;
import org.espalier.bench.judge.JudgePrompt;
import org.espalier.bench.suite.Prompts;
import org.espalier.core.Progress;
import org.espalier.core.Turn;
import org.espalier.core.Verifier.Verdict;
import org.espalier.core.Verifier.Written;
import org.espalier.core.file.AtomicFile;
import org.espalier.core.file.FileTrouble;
import org.espalier.core.file.Json;
import org.espalier.workflow.explore.ExploredRun;
import org.espalier.workflow.explore.VerifierChoice;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a judge of answers is asked about the paths of an exploration of greenhouse data, and what it should say by the exact
 * rules: examples for {@code train --dataset}, in TRL's conversational form.
 *
 * @param explored the folder of the exploration, whatever verified it
 * @param data the explored file; empty where the exploration found it
 * @param out the folder of the examples and their pictures
 */
public record JudgeExamples(Path explored, Optional<Path> data, Path out) {
    /** The examples, in their folder. */
    public static final String FILE = "examples.jsonl";

    private static final String PICTURES = "pictures";

    /** What was written. */
    public record Counts(int examples, int correct, int questions) {}

    /** Writes them. */
    public Counts write() {
        return write(_ -> {});
    }

    /**
     * Writes them, and fine-tunes a judge on them.
     *
     * @return the mean loss of the last epoch's tokens, in nats
     */
    public double write(JudgeTuning tuning, Progress progress) {
        double[] loss = {0};
        write(lessons -> loss[0] = tuning.tune(lessons, progress));
        return loss[0];
    }

    private Counts write(Consumer<List<AnswerJudge.Example>> then) {
        ExploredRun run = ExploredRun.of(explored, data, false);
        List<Written> paths = VerifierAgreement.paths(run);
        List<Verdict> verdicts =
                VerifierChoice.Shipped.GREENHOUSE.of(run.samples()).verifier().verify(paths);
        JudgePrompt prompt = AnswerJudge.prompt(Prompts.shipped().of(AnswerJudge.NAME));
        Map<Path, String> pictures = new LinkedHashMap<>();
        List<AnswerJudge.Example> lessons = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < paths.size(); i++) {
            AnswerJudge.Example example = AnswerJudge.example(prompt, paths.get(i), verdicts.get(i));
            lessons.add(example);
            lines.add(Json.line(row(example, pictures)));
        }
        copy(pictures);
        AtomicFile.write(out.resolve(FILE), String.join("\n", lines) + "\n");
        then.accept(lessons);
        return new Counts(
                paths.size(), (int) verdicts.stream().filter(Verdict::correct).count(), (int)
                        paths.stream().map(one -> one.sample().id()).distinct().count());
    }

    private static ObjectNode row(AnswerJudge.Example example, Map<Path, String> pictures) {
        ObjectNode row = Json.object();
        ArrayNode messages = row.putArray("messages");
        ArrayNode shown = row.putArray("images");
        for (Turn turn : example.asked()) {
            messages.addObject().put("role", turn.role().label()).put("content", turn.text());
            turn.images().forEach(file -> shown.add(pictures.computeIfAbsent(file, it -> name(it, pictures.size()))));
        }
        messages.addObject().put("role", "assistant").put("content", example.answer());
        return row;
    }

    private static String name(Path file, int number) {
        String own = file.getFileName().toString();
        return PICTURES + "/" + number + own.substring(Math.max(0, own.lastIndexOf('.')));
    }

    private void copy(Map<Path, String> pictures) {
        try {
            Files.createDirectories(out.resolve(PICTURES));
            for (Map.Entry<Path, String> one : pictures.entrySet()) {
                Files.copy(one.getKey(), out.resolve(one.getValue()), StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw FileTrouble.writing(out, e);
        }
    }
}
