package org.espalier.workflow.greenhouse;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.espalier.bench.run.AnswerLine;
import org.espalier.bench.run.AnsweredQuestions;
import org.espalier.bench.set.Benchmarks;
import org.espalier.bench.set.RsBench;
import org.espalier.bench.suite.Benchmark;
import org.espalier.bench.suite.BenchmarkItem;
import org.espalier.core.ChatModel;
import org.espalier.core.InputException;
import org.espalier.core.Progress;
import org.espalier.core.ReasoningPath;
import org.espalier.core.Sampling;
import org.espalier.core.SsuiSample;
import org.espalier.core.file.AtomicFile;
import org.espalier.core.file.Json;
import org.espalier.greenhouse.path.GreenhouseRules;
import org.espalier.greenhouse.world.Combination;
import org.espalier.greenhouse.world.WorldFile;
import org.espalier.model.generate.LocalModel;
import org.espalier.ssui.foreign.QuestionFile;
import org.espalier.workflow.bench.MeasuredModel;

/**
 * A checkpoint of the greenhouse as the judge of others' paths. It has never seen a judge's question, and so is asked the
 * question itself: what its own answer says is asked and dangerous, a path is held against, by the rules that else know
 * what is true. Its mistakes of looking and knowing become a judge's mistakes.
 *
 * @param answers the run of RSBench whose paths are judged
 * @param data the questions that were asked there
 * @param out a file of verdicts, as {@code bench rsbench --judgements} takes it
 */
public record OwnReasoningJudge(MeasuredModel.Local model, Path answers, Path data, Path out) {
    private static final int TOGETHER = 64;
    private static final Sampling GREEDY = Sampling.at(0, 256, 0);

    /** @param undecided paths about which the checkpoint's own answer says too little */
    public record Counts(long judged, long undecided) {}

    /** Asks the checkpoint each question once, and writes a verdict for each path. */
    public Counts run(Progress progress) {
        List<SsuiSample> samples = QuestionFile.read(data);
        if (!GreenhouseRules.applyTo(samples)) {
            throw new InputException(
                    data + " is not data of the greenhouse, and a checkpoint's own answers say nothing of others");
        }
        GreenhouseRules rules = new GreenhouseRules(WorldFile.load());
        Map<String, Combination> beliefs = beliefs(samples, rules, progress);
        Benchmark rsBench = Benchmarks.shipped().named(RsBench.NAME).orElseThrow();
        List<String> lines = new ArrayList<>();
        long[] undecided = {0};
        AnsweredQuestions.each(answers, Long.MAX_VALUE, (answer, _) -> {
            Optional<String> label = Optional.ofNullable(beliefs.get(answer.id()))
                    .filter(_ -> !answer.steps().isEmpty())
                    .flatMap(asked -> rsBench.label(rules.judge(asked, new ReasoningPath(answer.steps()))));
            label.ifPresent(said -> lines.add(line(answer, said)));
            undecided[0] += label.isPresent() ? 0 : 1;
        });
        AtomicFile.alone(out, String.join("\n", lines) + "\n");
        return new Counts(lines.size(), undecided[0]);
    }

    private static String line(AnswerLine answer, String label) {
        return Json.line(Json.object()
                .put("id", answer.id())
                .put("sample", answer.sample())
                .put("label", label));
    }

    private Map<String, Combination> beliefs(List<SsuiSample> samples, GreenhouseRules rules, Progress progress) {
        Map<String, Combination> beliefs = new HashMap<>();
        try (LocalModel asked = LocalModel.open(model.model(), model.adapter(), model.placement())) {
            for (int from = 0; from < samples.size(); from += TOGETHER) {
                List<SsuiSample> some = samples.subList(from, Math.min(samples.size(), from + TOGETHER));
                List<ChatModel.Reply> replies = asked.reply(
                        some.stream()
                                .map(sample -> new ChatModel.Request(
                                        sample.id(), 0, BenchmarkItem.of(sample).conversation()))
                                .toList(),
                        GREEDY);
                for (int i = 0; i < some.size(); i++) {
                    String id = some.get(i).id();
                    if (replies.get(i) instanceof ChatModel.Reply.Said(String text, boolean _) && !text.isBlank()) {
                        ReasoningPath own = new ReasoningPath(
                                text.lines().filter(it -> !it.isBlank()).toList());
                        rules.believed(own).ifPresent(belief -> beliefs.put(id, belief));
                    }
                }
                progress.at("own answers", from + some.size(), samples.size(), "");
            }
        }
        return beliefs;
    }
}
