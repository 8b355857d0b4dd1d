package org.espalier.workflow.greenhouse;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.espalier.core.Continuation;
import org.espalier.core.PathTree;
import org.espalier.core.Progress;
import org.espalier.core.ReasoningPath;
import org.espalier.core.SsuiSample;
import org.espalier.core.Verifier;
import org.espalier.core.Verifier.Verdict;
import org.espalier.core.Verifier.Written;
import org.espalier.core.file.AtomicFile;
import org.espalier.core.file.Json;
import org.espalier.core.file.RunFolder;
import org.espalier.core.file.RunPlan;
import org.espalier.workflow.explore.ExploredRun;
import org.espalier.workflow.explore.VerifierChoice;
import org.espalier.workflow.run.JudgeForecast;
import org.espalier.workflow.run.RunEndpoints;
import org.espalier.workflow.run.RunLog;
import org.espalier.workflow.run.RunPlans;

/**
 * How far a judge agrees with the greenhouse's exact rules on which paths end in the right answer: all finished paths of an
 * exploration of greenhouse data, judged once more.
 *
 * @param explored the folder of the exploration, whatever verified it
 * @param data the explored file; empty where the exploration found it
 * @param out the folder of the run; the same measurement resumes there
 */
public record VerifierAgreement(Path explored, Optional<Path> data, VerifierChoice.Judge judge, Path out) {
    /** What is measured, in the folder of the run. */
    public static final String FILE = "agreement.json";

    /** A line for each path. */
    public static final String VERDICTS = "verdicts.jsonl";

    private static final int TOGETHER = 64;

    /** What would be done; {@code calls} are at least so many. */
    public record Plan(int paths, int questions, List<JudgeForecast> judges, RunFolder.Found found) {}

    /** Says what would be done; nothing is written. */
    public Plan plan() {
        ExploredRun run = ExploredRun.of(explored, data, false);
        List<Written> paths = paths(run);
        double letters = paths.stream()
                .mapToInt(one -> one.path().text().length()
                        + one.sample().reference().text().length())
                .average()
                .orElse(0);
        long calls = (long) paths.size() * judge.votes();
        return new Plan(
                paths.size(),
                (int) paths.stream().map(one -> one.sample().id()).distinct().count(),
                judge.plans().stream()
                        .map(plan -> JudgeForecast.of(plan, calls, 2 * calls, letters / 4, letters / 4))
                        .toList(),
                RunFolder.inspect(out, () -> plan(run)));
    }

    private RunPlan plan(ExploredRun run) {
        RunPlan.Builder plan =
                RunPlans.of("greenhouse agree").input("trees", run.trees()).input("data", run.data());
        judge.into(plan, run.samples());
        return plan.build();
    }

    /** Judges them and counts; answers that the journal has are not asked for again. */
    public AgreementCounts run(Progress progress) {
        ExploredRun run = ExploredRun.of(explored, data, false);
        Verifier rules = VerifierChoice.Shipped.GREENHOUSE.of(run.samples()).verifier();
        List<Written> paths = paths(run);
        try (RunFolder folder = RunFolder.open(out, plan(run));
                RunLog log = RunLog.open(out);
                RunEndpoints endpoints = RunEndpoints.in(out, judge.plans())) {
            log.say("judging " + paths.size() + " paths");
            Verifier asked = judge.of(run.samples(), endpoints).verifier();
            List<Verdict> said = new ArrayList<>();
            for (int from = 0; from < paths.size(); from += TOGETHER) {
                said.addAll(asked.verify(paths.subList(from, Math.min(paths.size(), from + TOGETHER))));
                progress.at("judging", said.size(), paths.size(), "");
            }
            List<Verdict> ruled = rules.verify(paths);
            write(paths, ruled, said);
            AgreementCounts counts = AgreementCounts.of(paths, ruled, said);
            AtomicFile.write(out.resolve(FILE), Json.page(counts.json()));
            folder.finish();
            return counts;
        }
    }

    private void write(List<Written> paths, List<Verdict> ruled, List<Verdict> said) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < paths.size(); i++) {
            lines.append(Json.line(Json.object()
                            .put("id", paths.get(i).sample().id())
                            .put("text", paths.get(i).path().text())
                            .put("rules", AgreementCounts.word(ruled.get(i)))
                            .put("judge", AgreementCounts.word(said.get(i)))
                            .put("reason", said.get(i).reason())))
                    .append('\n');
        }
        AtomicFile.write(out.resolve(VERDICTS), lines.toString());
    }

    /** The finished paths, each text of a question once: of one that was drawn twice, the second says nothing new. */
    static List<Written> paths(ExploredRun run) {
        Map<String, SsuiSample> samples = new HashMap<>();
        run.samples().forEach(sample -> samples.put(sample.id(), sample));
        List<Written> paths = new ArrayList<>();
        for (PathTree tree : run.read()) {
            SsuiSample sample = samples.get(tree.id());
            if (sample == null) {
                continue;
            }
            tree.paths().stream()
                    .filter(path -> path.end() != Continuation.End.LENGTH
                            && !path.steps().isEmpty())
                    .map(path -> new ReasoningPath(path.steps()))
                    .distinct()
                    .forEach(path -> paths.add(new Written(sample, path)));
        }
        return paths;
    }
}
