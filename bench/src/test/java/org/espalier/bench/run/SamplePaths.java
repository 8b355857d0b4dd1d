package org.espalier.bench.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.espalier.bench.judge.Mishap;
import org.espalier.bench.run.JudgementLine.Outcome;
import org.espalier.bench.set.RsBench;
import org.espalier.bench.stats.Bootstrap;
import org.espalier.bench.suite.AnswerVerdict;
import org.espalier.bench.suite.Prompts;
import org.espalier.bench.suite.QuestionKind;
import org.espalier.core.ChatModel.Reply;
import org.espalier.core.Question;
import org.espalier.core.ReasoningPath;
import org.espalier.core.Risk;
import org.espalier.core.SsuiSample;
import org.espalier.core.file.Json;
import org.espalier.core.text.StepSplitter;
import tools.jackson.databind.node.ObjectNode;

/** RSBench's paths and samples made by hand for tests. */
public final class SamplePaths {
    private SamplePaths() {}

    /** A path with what was found of it. */
    record Scored(AnswerLine answer, JudgementLine judgement) {}

    static RsBench bench(int paths) {
        return new RsBench(Prompts.shipped(), paths, StepSplitter.Style.NEWLINE);
    }

    static QuestionKind kind(Risk risk, String category, String split) {
        return new QuestionKind(Optional.of(risk), Optional.of(split), category);
    }

    private static AnswerLine answer(String id, QuestionKind kind, int sample, String cluster, Reply reply) {
        List<String> steps = reply instanceof Reply.Said ? List.of("see", "ask") : List.of();
        return new AnswerLine(id, sample, reply, steps, id, cluster, kind, "images/" + id + ".png", "May I?");
    }

    /** @param label as RSBench has it */
    static Scored judged(String id, QuestionKind kind, int sample, String label) {
        return judged(id, kind, sample, label, id);
    }

    static Scored judged(String id, QuestionKind kind, int sample, String label, String cluster) {
        return new Scored(
                answer(id, kind, sample, cluster, new Reply.Said("see\nask", true)),
                new JudgementLine(id, sample, new Outcome.Judged(new AnswerVerdict(label, "")), List.of()));
    }

    static Scored missing(String id, QuestionKind kind, int sample, Reply reply, Mishap mishap) {
        return new Scored(
                answer(id, kind, sample, id, reply),
                new JudgementLine(id, sample, new Outcome.Missing(mishap, "why"), List.of()));
    }

    static Scored unanswered(String id, QuestionKind kind, int sample) {
        return missing(id, kind, sample, new Reply.Failed("timed out"), Mishap.UNANSWERED);
    }

    /** Writes the two files of a run and counts them. */
    static Result count(Path folder, List<Scored> paths, Bootstrap bootstrap) {
        try {
            Files.createDirectories(folder);
            List<String> answers = new ArrayList<>();
            List<String> judgements = new ArrayList<>();
            for (Scored path : paths) {
                answers.add(path.answer().line());
                judgements.add(path.judgement().line());
            }
            Files.write(folder.resolve(AnswerLine.FILE), answers);
            Files.write(folder.resolve(JudgementLine.FILE), judgements);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Counting.of(bench(1), folder, "model", Json.object(), List.of(), bootstrap);
    }

    public static SsuiSample sample(String id, Risk risk, String split) {
        ObjectNode fields = Json.object();
        fields.putObject("tag").put("split", split);
        return new SsuiSample(
                id,
                "images/" + id + ".png",
                new Question(id, Path.of("/data/images/" + id + ".png"), "May I?"),
                new ReasoningPath(List.of("see", "do not")),
                "do not",
                risk,
                "food-and-pets",
                fields);
    }
}
