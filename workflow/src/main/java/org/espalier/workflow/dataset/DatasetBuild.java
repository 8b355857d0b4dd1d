package org.espalier.workflow.dataset;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.espalier.core.ChatModel;
import org.espalier.core.InputException;
import org.espalier.core.Progress;
import org.espalier.core.SurroundingsException;
import org.espalier.core.file.AtomicFile;
import org.espalier.core.file.Json;
import org.espalier.core.file.RunFolder;
import org.espalier.core.file.RunPlan;
import org.espalier.core.file.Sha256;
import org.espalier.endpoint.Endpoints;
import org.espalier.endpoint.plan.EndpointPlan;
import org.espalier.endpoint.plan.EndpointsFile;
import org.espalier.model.generate.LocalModel;
import org.espalier.ssui.agent.Agents;
import org.espalier.ssui.agent.DroppedSample;
import org.espalier.ssui.build.AgentSettings;
import org.espalier.ssui.build.Build;
import org.espalier.ssui.build.BuildForecast;
import org.espalier.ssui.build.BuildFunnel;
import org.espalier.ssui.build.BuildSettings;
import org.espalier.ssui.build.DeadLetter;
import org.espalier.ssui.pool.Pool;
import org.espalier.ssui.review.Drafts;
import org.espalier.store.Store;
import org.espalier.tensor.Device;
import org.espalier.workflow.run.RunLog;
import org.espalier.workflow.run.RunPlans;
import tools.jackson.databind.node.ObjectNode;

/**
 * The building of drafts from the pictures of a pool, by the agents.
 *
 * @param out the folder of the run; the same build resumes there
 * @param store the address of a store that several processes work in; empty for one in the folder of the run
 * @param taxonomy the file of the categories, for whoever reviews; empty for those that ship
 * @param revive whether dead letters are tried again
 * @param origins where settings come from, by name
 */
public record DatasetBuild(
        Path pool,
        Path endpoints,
        Path out,
        Optional<String> store,
        Optional<Path> taxonomy,
        BuildSettings settings,
        boolean revive,
        SortedMap<String, String> origins) {
    static final String VERB = "ssui build";

    /** How the build stands, for whoever exports it. */
    public static final String FUNNEL = "build.json";

    /** What could not be used, with everything received. */
    public static final String LETTERS = "dead-letters.jsonl";

    /** What the agents ended, and why. */
    public static final String DROPPED = "dropped.jsonl";

    /**
     * What came of it.
     *
     * @param words what an agent said most often of those that it dropped for a reason, by agent and reason, where it
     *     said that of most of them
     * @param revived dead letters of before that were tried again
     * @param revivable whether there are dead letters
     * @param received whether anything was received for them
     */
    public record Result(
            BuildFunnel funnel,
            Map<String, Map<String, Long>> drops,
            Map<List<String>, String> words,
            int revived,
            boolean revivable,
            boolean received) {
        /** Whether there is no draft. */
        public boolean barren() {
            return funnel.drafts() == 0;
        }
    }

    /** What is in the folder of the run; nothing is written. Refuses what {@link #run} would refuse. */
    public RunFolder.Found plan() {
        EndpointsFile file = Agents.readEndpoints(endpoints);
        return RunFolder.inspect(out, () -> plan(file));
    }

    /** What is still to do, and what it will take. */
    public BuildForecast forecast() {
        EndpointsFile file = Agents.readEndpoints(endpoints);
        return Build.forecast(new Pool(pool), settings, agent -> Endpoints.planned(file.endpointOf(agent)), ended());
    }

    /** The budgets by endpoint at which a build would stop, likely before it has finished. */
    public SortedMap<String, BigDecimal> tooSmallBudgets(BuildForecast forecast) {
        SortedMap<String, BigDecimal> small = new TreeMap<>();
        Agents.readEndpoints(endpoints)
                .endpoints()
                .forEach((name, plan) -> plan.limits()
                        .budget()
                        .filter(budget -> forecast.cost(name).compareTo(budget) > 0)
                        .ifPresent(budget -> small.put(name, budget)));
        return small;
    }

    /** Builds, or continues. */
    public Result run(Progress progress) {
        EndpointsFile file = Agents.readEndpoints(endpoints);
        Pool pictures = new Pool(pool);
        Agents.NAMES.forEach(agent -> Endpoints.key(file.endpointOf(agent)));
        Build.check(settings, agent -> Endpoints.planned(file.endpointOf(agent)));
        try (RunFolder folder = RunFolder.open(out, plan(file));
                RunLog log = RunLog.open(out);
                Store opened = open();
                Endpoints asked = Endpoints.open(file, opened, DatasetBuild::checkpoint)) {
            Build build = Build.of(opened, pictures, settings, asked::of);
            int revived = revive ? build.revive() : 0;
            log.say("building from " + pool);
            Agents.NAMES.forEach(
                    agent -> log.say(agent + " asks " + file.endpointOf(agent).name() + ": "
                            + file.endpointOf(agent).model()));
            BuildFunnel funnel = built(build, log, progress);
            AtomicFile.write(out.resolve(FUNNEL), Json.page(record(funnel, build.drops())));
            List<DeadLetter> letters = build.deadLetters();
            AtomicFile.write(out.resolve(LETTERS), lines(letters));
            List<DroppedSample> dropped = build.dropped();
            AtomicFile.write(out.resolve(DROPPED), lines(dropped));
            folder.finish();
            funnel.lines().forEach(log::say);
            build.drops()
                    .forEach((stage, reasons) -> reasons.forEach(
                            (reason, count) -> log.say(count + " dropped by " + stage + ": " + reason)));
            return new Result(
                    funnel,
                    build.drops(),
                    words(dropped),
                    revived,
                    !letters.isEmpty(),
                    letters.stream().anyMatch(letter -> !letter.received().isEmpty()));
        }
    }

    /** How many samples of a build that was started here have come to their end. */
    private long ended() {
        if (!Files.exists(out.resolve(RunFolder.RECORD))) {
            return 0;
        }
        try (Store started = open()) {
            return Build.ended(started);
        }
    }

    private static BuildFunnel built(Build build, RunLog log, Progress progress) {
        try {
            return build.run(now -> progress.at("build", now.ended(), now.ended() + now.toGo(), now.line()));
        } catch (InputException | SurroundingsException e) {
            log.say("stopped: " + e.getMessage());
            throw e;
        } finally {
            log.say(build.funnel().line());
        }
    }

    private Store open() {
        String url = store.orElseGet(() -> Store.urlIn(out));
        return Store.open(url, List.of(Build.MIGRATIONS, Drafts.MIGRATIONS));
    }

    private static ChatModel checkpoint(EndpointPlan plan) {
        return LocalModel.open(Path.of(plan.model()), plan.adapter(), Device.CPU);
    }

    /** Which endpoint an agent asks is part of the run; how fast, and for how much money, may be changed later. */
    private RunPlan plan(EndpointsFile file) {
        RunPlan.Builder plan = RunPlans.of(VERB).seed("seed", settings.seed());
        for (String agent : Agents.NAMES) {
            EndpointPlan endpoint = file.endpointOf(agent);
            plan.setting(agent, endpoint.name() + ": " + endpoint.model(), "endpoints " + endpoints);
        }
        setting(plan, "taxonomy", settings.taxonomy().sha256());
        setting(plan, "quotas", settings.quotas().weights());
        setting(plan, "twins", settings.twins());
        setting(plan, "tries", settings.tries());
        byAgent(plan, "temperature", AgentSettings::temperature);
        byAgent(plan, "max-tokens", AgentSettings::maxTokens);
        byAgent(plan, "prompts", agent -> agent.prompt().sha256());
        Path list = pool.resolve(Pool.NAME);
        DraftFolder here = new DraftFolder(out);
        plan.input(DraftFolder.POOL, here.fromHere(list), Sha256.of(list));
        taxonomy.ifPresent(
                categories -> plan.input(DraftFolder.TAXONOMY, here.fromHere(categories), Sha256.of(categories)));
        return plan.build();
    }

    private void byAgent(RunPlan.Builder plan, String name, Function<AgentSettings, Object> value) {
        SortedMap<String, Object> values = new TreeMap<>();
        Agents.NAMES.forEach(agent -> values.put(agent, value.apply(settings.agent(agent))));
        setting(plan, name, values);
    }

    private void setting(RunPlan.Builder plan, String name, Object value) {
        plan.setting(name, value, origins.getOrDefault(name, "default"));
    }

    private static Map<List<String>, String> words(List<DroppedSample> dropped) {
        Map<List<String>, Map<String, Long>> said = dropped.stream()
                .collect(groupingBy(
                        drop -> List.of(drop.stage(), drop.reason()), groupingBy(DroppedSample::said, counting())));
        Map<List<String>, String> most = new HashMap<>();
        said.forEach((why, counts) -> {
            long all = counts.values().stream().mapToLong(Long::longValue).sum();
            counts.forEach((words, count) -> {
                if (2 * count > all && !words.isEmpty()) {
                    most.put(why, (count < all ? "mostly: " : "") + words);
                }
            });
        });
        return most;
    }

    private static ObjectNode record(BuildFunnel funnel, Map<String, Map<String, Long>> drops) {
        ObjectNode record = Json.object().put("pictures", funnel.pictures());
        record.set("stages", Json.tree(funnel.stages()));
        record.put("drafts", funnel.drafts()).put("spent", plain(funnel.spent()));
        record.set("drops", Json.tree(drops));
        return record;
    }

    /** Without zeros that the journal's scale brings, and never with an exponent. */
    private static BigDecimal plain(BigDecimal amount) {
        BigDecimal stripped = amount.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    private static String lines(List<?> records) {
        StringBuilder lines = new StringBuilder();
        records.forEach(record -> lines.append(Json.line(Json.tree(record))).append('\n'));
        return lines.toString();
    }
}
