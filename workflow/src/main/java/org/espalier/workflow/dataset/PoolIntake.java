package org.espalier.workflow.dataset;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.espalier.core.Progress;
import org.espalier.core.Sampling;
import org.espalier.core.file.RunFolder;
import org.espalier.core.file.RunPlan;
import org.espalier.core.work.GroupRunner;
import org.espalier.endpoint.Endpoints;
import org.espalier.endpoint.plan.EndpointsFile;
import org.espalier.endpoint.plan.RoleSettings;
import org.espalier.ssui.agent.AgentPrompt;
import org.espalier.ssui.agent.Agents;
import org.espalier.ssui.agent.PictureSafety;
import org.espalier.ssui.intake.Intake;
import org.espalier.ssui.intake.IntakeSettings;
import org.espalier.ssui.intake.IntakeSummary;
import org.espalier.ssui.intake.PictureList;
import org.espalier.ssui.pool.Pool;
import org.espalier.ssui.pool.SafetyCheck;
import org.espalier.store.Store;
import org.espalier.workflow.run.RunPlans;

/**
 * The filling of a pool with pictures from lists of them.
 *
 * @param words the sources as they were named
 * @param sources the same, ready to be read
 * @param endpoints who verifies pictures; empty if nobody does
 * @param prompt what the verifier is told
 */
public record PoolIntake(
        List<String> words,
        List<PictureList> sources,
        Path out,
        IntakeSettings settings,
        Optional<Path> endpoints,
        AgentPrompt prompt,
        SortedMap<String, String> origins) {
    /** The agent that verifies pictures. */
    public static final String SAFETY = PictureSafety.NAME;

    /** Of a verdict. */
    private static final int TOKENS = 200;

    public PoolIntake {
        words = List.copyOf(words);
        sources = List.copyOf(sources);
    }

    /** What is in the folder of the run; nothing is written. Refuses what {@link #run} would refuse. */
    public RunFolder.Found plan() {
        return RunFolder.inspect(out, () -> plan(endpoints.map(Agents::readEndpoints)));
    }

    /** Fills the pool, or continues to. */
    public IntakeSummary run(Progress progress) {
        return run(GroupRunner.HERE, progress);
    }

    /** The same, pictures looked at wherever the runner has it done, which sees them and the pool at the same places. */
    public IntakeSummary run(GroupRunner runner, Progress progress) {
        Optional<EndpointsFile> verifiers = endpoints.map(Agents::readEndpoints);
        Pool pool = new Pool(out);
        try (RunFolder folder = RunFolder.open(out, plan(verifiers))) {
            if (folder.finished()) {
                return IntakeSummary.read(pool);
            }
            IntakeSummary summary = verifiers.isPresent()
                    ? verified(verifiers.get(), pool, runner, progress)
                    : run(new Intake(sources, settings, SafetyCheck.NONE), pool, runner, progress);
            if (summary.open() == 0) {
                folder.finish();
                Intake.tidy(pool);
            }
            return summary;
        }
    }

    /** Verdicts are kept in a journal beside the pool, so that none is paid for twice. */
    private IntakeSummary verified(EndpointsFile file, Pool pool, GroupRunner runner, Progress progress) {
        try (Store store = Store.inFolder(out);
                Endpoints asked = Endpoints.open(file, store)) {
            SafetyCheck safety = new PictureSafety(asked.of(SAFETY), prompt, sampling(file));
            return run(new Intake(sources, settings, safety), pool, runner, progress);
        }
    }

    private static IntakeSummary run(Intake intake, Pool pool, GroupRunner runner, Progress progress) {
        return runner == GroupRunner.HERE ? intake.run(pool, progress) : intake.run(pool, runner, progress);
    }

    private Sampling sampling(EndpointsFile file) {
        RoleSettings own = file.settings(SAFETY);
        return Sampling.at(own.temperature().orElse(0), own.maxTokens().orElse(TOKENS), settings.seed());
    }

    private RunPlan plan(Optional<EndpointsFile> verifiers) {
        RunPlan.Builder plan = RunPlans.of("ssui intake").seed("seed", settings.seed());
        setting(plan, "sources", words);
        setting(plan, "limit", settings.limit());
        setting(plan, "draw", settings.drawn());
        setting(plan, "near", settings.near());
        setting(plan, "max-bytes", settings.limits().bytes());
        setting(plan, "max-pixels", settings.limits().pixels());
        setting(plan, "min-side", settings.limits().leastSide());
        setting(plan, "licence", settings.licence());
        verifiers.map(file -> file.endpointOf(SAFETY)).ifPresent(who -> {
            setting(plan, SAFETY, who.name() + ": " + who.model());
            setting(plan, "prompt", prompt.sha256());
            setting(plan, "temperature", sampling(verifiers.get()).temperature());
        });
        return plan.build();
    }

    private void setting(RunPlan.Builder plan, String name, Object value) {
        plan.setting(name, value, origins.getOrDefault(name, "default"));
    }
}
