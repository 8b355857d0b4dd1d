package org.espalier.ssui.build;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.espalier.core.InputException;
import org.espalier.core.Sampling;
import org.espalier.endpoint.Endpoint;
import org.espalier.ssui.agent.Agent;
import org.espalier.ssui.agent.AgentCall;
import org.espalier.ssui.agent.Agents;
import org.espalier.ssui.agent.DroppedSample;
import org.espalier.ssui.pool.Pool;
import org.espalier.ssui.pool.PooledPicture;
import org.espalier.ssui.pool.Safety;
import org.espalier.ssui.review.Drafts;
import org.espalier.store.Store;
import org.espalier.store.work.RunnerSettings;
import org.espalier.store.work.TaskRunner;

/**
 * One build in one store, by this process and whichever others work in the same store. It prints nothing and may be used
 * without the command line:
 *
 * <pre>{@code
 * try (Store store = Store.inFolder(run, List.of(Build.MIGRATIONS, Drafts.MIGRATIONS));
 *         Endpoints endpoints = Endpoints.open(file, store)) {
 *     Build build = Build.of(store, new Pool(pool), BuildSettings.usual(seed), endpoints::of);
 *     BuildFunnel funnel = build.run(now -> {});
 *     new Drafts(store).each(Filter.ALL, draft -> ...);
 * }
 * }</pre>
 */
public final class Build {
    /** Where the tables of this room are described. */
    public static final String MIGRATIONS = "org/espalier/ssui/build/migrations";

    private static final String NAME = "build";

    private final Store store;
    private final BuildSettings settings;
    private final List<AgentCall> calls;
    private final SampleOutcomes outcomes;
    private final SampleTasks tasks;
    private final int pictures;

    private Build(Store store, Pool pool, BuildSettings settings, List<AgentCall> calls, IntFunction<Duration> pauses) {
        Map<String, PooledPicture> usable = usable(pool);
        this.store = store;
        this.settings = settings;
        this.calls = calls;
        this.outcomes = new SampleOutcomes(store);
        this.pictures = usable.size();
        this.tasks =
                new SampleTasks(new SamplePlan(pool, settings), usable, calls, outcomes, new Drafts(store), pauses);
    }

    /**
     * Prepares a build; nothing is written yet.
     *
     * @param store opened with {@link #MIGRATIONS} and {@link Drafts#MIGRATIONS}
     * @param endpoints which endpoint the agent of this name asks
     * @throws InputException if an endpoint cannot serve its agent, or the pool has no picture that may be used
     */
    public static Build of(Store store, Pool pool, BuildSettings settings, Function<String, Endpoint> endpoints) {
        return of(store, pool, settings, endpoints, SampleTasks.PAUSES);
    }

    static Build of(
            Store store,
            Pool pool,
            BuildSettings settings,
            Function<String, Endpoint> endpoints,
            IntFunction<Duration> pauses) {
        return new Build(store, pool, settings, calls(settings, endpoints), pauses);
    }

    /**
     * Looks whether the endpoints can serve their agents, before anything starts.
     *
     * @throws InputException if one cannot
     */
    public static void check(BuildSettings settings, Function<String, Endpoint> endpoints) {
        calls(settings, endpoints);
    }

    private static List<AgentCall> calls(BuildSettings settings, Function<String, Endpoint> endpoints) {
        List<AgentCall> calls = new ArrayList<>();
        for (Agent agent : Agents.all(settings.taxonomy(), settings.quotas())) {
            AgentSettings own = settings.agent(agent.name());
            Endpoint endpoint = endpoints.apply(agent.name());
            if (agent.seesPicture() && !endpoint.capabilities().pictures()) {
                throw new InputException("endpoint " + endpoint.name() + " sees no pictures, but the agent "
                        + agent.name() + " is shown one: name another endpoint for it");
            }
            Sampling sampling = Sampling.at(own.temperature(), own.maxTokens(), settings.seed());
            calls.add(new AgentCall(agent, own.prompt(), endpoint, sampling, settings.tries()));
        }
        return calls;
    }

    /** Pictures that nobody found unsafe, by id. */
    private static Map<String, PooledPicture> usable(Pool pool) {
        Map<String, PooledPicture> pictures = new LinkedHashMap<>();
        pool.each(picture -> {
            if (picture.safety().verdict() != Safety.Verdict.UNSAFE) {
                pictures.put(picture.id(), picture);
            }
        });
        if (pictures.isEmpty()) {
            throw new InputException("the pool " + pool.folder() + " has no picture that may be used");
        }
        return pictures;
    }

    /**
     * What a build has still to do; nothing is asked or written.
     *
     * @param ended what {@link #ended} found in its store; 0 where there is none
     */
    public static BuildForecast forecast(
            Pool pool, BuildSettings settings, Function<String, Endpoint> endpoints, long ended) {
        return BuildForecast.of(
                usable(pool).values(), new SamplePlan(pool, settings), calls(settings, endpoints), ended);
    }

    /** How many samples of the build in a store have come to their end. */
    public static long ended(Store store) {
        return new SampleOutcomes(store).counts().all();
    }

    /**
     * Works until every sample has come to its end, here or in another process.
     *
     * @param watcher is called about once a second with how far it is; what it throws stops the work
     */
    public BuildFunnel run(Consumer<BuildFunnel> watcher) {
        new TaskRunner(store, NAME, RunnerSettings.USUAL).run(tasks, atOnce(), () -> watcher.accept(funnel()));
        return funnel();
    }

    /**
     * Samples in work at once: for each endpoint a quarter more than its calls at once, so that those that read and
     * write between two calls leave no place empty.
     */
    private int atOnce() {
        return calls.stream()
                .map(AgentCall::endpoint)
                .distinct()
                .mapToInt(Endpoint::concurrency)
                .map(concurrency -> concurrency + Math.max(4, concurrency / 4))
                .sum();
    }

    /** How far the build is: every end in the store, and what this process works on. */
    public BuildFunnel funnel() {
        SampleOutcomes.Counts counts = outcomes.counts();
        List<BuildFunnel.Stage> stages = new ArrayList<>();
        long passed = counts.drafts();
        for (AgentCall call : calls.reversed()) {
            String agent = call.agent().name();
            long dropped = counts.dropped().getOrDefault(agent, 0L);
            long dead = counts.dead().getOrDefault(agent, 0L);
            long ended = passed + dropped + dead;
            boolean first = call == calls.getFirst();
            long open = first ? Math.max(0, tasks.ids().size() - ended) : tasks.inWork(agent);
            stages.add(new BuildFunnel.Stage(agent, ended + open, open, passed, dropped, dead));
            passed = ended + open;
        }
        BigDecimal spent = endpoints().map(Endpoint::spent).reduce(BigDecimal.ZERO, BigDecimal::add);
        Optional<String> failure =
                endpoints().flatMap(endpoint -> endpoint.lastFailure().stream()).findFirst();
        return new BuildFunnel(pictures, stages.reversed(), counts.drafts(), spent, failure);
    }

    private Stream<Endpoint> endpoints() {
        return calls.stream().map(AgentCall::endpoint).distinct();
    }

    /** Why samples were dropped, by agent and reason. */
    public Map<String, Map<String, Long>> drops() {
        return outcomes.drops();
    }

    /** Every dropped sample with the agent's own words. */
    public List<DroppedSample> dropped() {
        return outcomes.dropped();
    }

    /** The dead letters with everything received. */
    public List<DeadLetter> deadLetters() {
        return outcomes.deadLetters();
    }

    /** Lets the dead letters be tried again, with new draws. @return how many */
    public int revive() {
        return outcomes.revive();
    }
}
