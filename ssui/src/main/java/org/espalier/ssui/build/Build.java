package org.espalier.ssui.build;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.espalier.core.InputException;
import org.espalier.core.Sampling;
import org.espalier.endpoint.Endpoint;
import org.espalier.ssui.agent.Agent;
import org.espalier.ssui.agent.Drop;
import org.espalier.ssui.agent.Hearing;
import org.espalier.ssui.pool.Pool;
import org.espalier.ssui.pool.PooledPicture;
import org.espalier.ssui.pool.Safety;
import org.espalier.ssui.review.Drafts;
import org.espalier.store.Store;
import org.espalier.store.work.Crew;
import org.espalier.store.work.CrewSettings;
import org.espalier.store.work.NewItem;
import org.espalier.store.work.Stage;
import org.espalier.store.work.StageCount;
import org.espalier.store.work.StageGroup;
import org.espalier.store.work.Work;

/** One build in one store, by this process and whichever others work in the same store. */
public final class Build {
    /** Where the tables of this room are described. */
    public static final String MIGRATIONS = "org/espalier/ssui/build/migrations";

    private static final String QUEUE = "build";
    private static final int PORTION = 2000;

    private final Store store;
    private final BuildSettings settings;
    private final Items items;
    private final Map<String, PooledPicture> pictures;
    private final Map<String, Hearing> hearings;
    private final BuildTables tables;
    private final Work work;

    private Build(Store store, Pool pool, BuildSettings settings, Map<String, Hearing> hearings) {
        this.store = store;
        this.settings = settings;
        this.items = new Items(pool, settings);
        this.pictures = usable(pool);
        this.hearings = hearings;
        this.tables = new BuildTables(store);
        this.work = Work.in(store, QUEUE);
    }

    /**
     * Prepares a build; nothing is written yet.
     *
     * @param store opened with {@link #MIGRATIONS} and {@link Drafts#MIGRATIONS}
     * @param endpoints who plays the agent of this name
     */
    public static Build of(Store store, Pool pool, BuildSettings settings, Function<String, Endpoint> endpoints) {
        return new Build(store, pool, settings, hearings(settings, endpoints));
    }

    /**
     * Looks whether the agents can be played, before anything is begun.
     *
     * @throws InputException if an endpoint cannot play its agent
     */
    public static void check(BuildSettings settings, Function<String, Endpoint> endpoints) {
        hearings(settings, endpoints);
    }

    private static Map<String, Hearing> hearings(BuildSettings settings, Function<String, Endpoint> endpoints) {
        Map<String, Hearing> hearings = new LinkedHashMap<>();
        for (Agent agent : Stages.agents(settings.taxonomy(), settings.quotas())) {
            AgentSettings own = settings.agent(agent.name());
            Endpoint endpoint = endpoints.apply(agent.name());
            if (agent.seesPicture() && !endpoint.capabilities().pictures()) {
                throw new InputException("endpoint " + endpoint.name() + " sees no pictures, but plays the agent "
                        + agent.name() + ", who is shown one: let another endpoint play it");
            }
            Sampling sampling = Sampling.at(own.temperature(), own.maxTokens(), settings.seed());
            hearings.put(agent.name(), new Hearing(agent, own.prompt(), endpoint, sampling, settings.tries()));
        }
        return hearings;
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
     * @param done what {@link #done} found in its store; nothing where there is none
     */
    public static Forecast forecast(
            Pool pool, BuildSettings settings, Function<String, Endpoint> endpoints, Map<String, StageCount> done) {
        return Forecast.of(
                usable(pool).values(),
                new Items(pool, settings),
                List.copyOf(hearings(settings, endpoints).values()),
                done);
    }

    /** How the stages of the build in a store stand. */
    public static Map<String, StageCount> done(Store store) {
        return Work.in(store, QUEUE).counts();
    }

    /**
     * Adds what the pool has and the store does not, and works until nothing is left to do here or elsewhere.
     *
     * @param watcher hears about once a second how far it is; what it throws stops the work
     */
    public Funnel run(Consumer<Funnel> watcher) {
        List<NewItem> portion = new ArrayList<>();
        for (PooledPicture picture : pictures.values()) {
            portion.addAll(items.of(picture));
            if (portion.size() >= PORTION) {
                work.add(portion);
                portion.clear();
            }
        }
        work.add(portion);
        new Crew(store, QUEUE, groups(), CrewSettings.USUAL).run(counts -> watcher.accept(funnel(counts)));
        return funnel();
    }

    /** Stages that one endpoint plays share its room. */
    private List<StageGroup> groups() {
        Drafts drafts = new Drafts(store.dataSource(), store.postgres());
        Map<String, Integer> deaths = tables.deaths();
        Map<String, List<Stage>> stages = new LinkedHashMap<>();
        Map<String, Integer> room = new LinkedHashMap<>();
        for (int i = 0; i < Stages.NAMES.size(); i++) {
            Hearing hearing = hearing(Stages.NAMES.get(i));
            Optional<String> next =
                    i + 1 < Stages.NAMES.size() ? Optional.of(Stages.NAMES.get(i + 1)) : Optional.empty();
            AgentStage stage = new AgentStage(hearing, next, items, pictures, deaths, drafts);
            String endpoint = hearing.endpoint().name();
            stages.computeIfAbsent(endpoint, name -> new ArrayList<>())
                    .add(new Stage(Stages.NAMES.get(i), AgentStage.ATTEMPTS, stage));
            room.put(endpoint, room(hearing.endpoint().concurrency()));
        }
        return stages.entrySet().stream()
                .map(entry -> new StageGroup(room.getOrDefault(entry.getKey(), 1), entry.getValue()))
                .toList();
    }

    /** More than go out at once: those that read and write beside keep the endpoint's own places filled. */
    private static int room(int concurrency) {
        return concurrency + Math.max(4, concurrency / 4);
    }

    private Hearing hearing(String agent) {
        return Optional.ofNullable(hearings.get(agent)).orElseThrow();
    }

    /** How far the build is. */
    public Funnel funnel() {
        return funnel(work.counts());
    }

    private Funnel funnel(Map<String, StageCount> counts) {
        List<Funnel.Stage> stages = new ArrayList<>();
        for (int i = 0; i < Stages.NAMES.size(); i++) {
            StageCount count = count(counts, i);
            long passed = i + 1 < Stages.NAMES.size() ? count(counts, i + 1).total() : count.done();
            stages.add(new Funnel.Stage(
                    count.stage(),
                    count.total(),
                    count.waiting() + count.inWork(),
                    passed,
                    count.done() - passed,
                    count.dead()));
        }
        BigDecimal spent = hearings.values().stream()
                .map(Hearing::endpoint)
                .distinct()
                .map(Endpoint::spent)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        Optional<String> trouble = hearings.values().stream()
                .flatMap(hearing -> hearing.endpoint().trouble().stream())
                .findFirst();
        return new Funnel(pictures.size(), stages, stages.getLast().passed(), spent, trouble);
    }

    private static StageCount count(Map<String, StageCount> counts, int stage) {
        String name = Stages.NAMES.get(stage);
        return counts.getOrDefault(name, new StageCount(name, 0, 0, 0, 0));
    }

    /** Why sketches were dropped, by stage and reason. */
    public Map<String, Map<String, Long>> drops() {
        return tables.drops();
    }

    /** Every dropped sketch with the agent's own words. */
    public List<Drop> dropped() {
        return tables.dropped();
    }

    /** The dead letters with everything received. */
    public List<Letter> letters() {
        return tables.letters(QUEUE);
    }

    /** Lets the dead letters be tried again, with new draws. @return how many */
    public int revive() {
        return work.revive();
    }

    /** How this build is made. */
    public BuildSettings settings() {
        return settings;
    }
}
