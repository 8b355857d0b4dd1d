package org.espalier.app.work;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.espalier.core.file.AtomicFile;
import org.espalier.core.file.Json;
import org.espalier.core.file.RunFolder;
import org.espalier.core.file.RunPlan;
import org.espalier.core.file.Sha256;
import org.espalier.endpoint.Endpoints;
import org.espalier.ssui.agent.Prompt;
import org.espalier.ssui.build.Build;
import org.espalier.ssui.build.BuildSettings;
import org.espalier.ssui.build.Funnel;
import org.espalier.ssui.build.Letter;
import org.espalier.ssui.build.Stages;
import org.espalier.ssui.pool.Pool;
import org.espalier.ssui.review.Drafts;
import org.espalier.ssui.taxonomy.Coverage;
import org.espalier.ssui.taxonomy.Rings;
import org.espalier.store.Store;

/**
 * Builds drafts from a pool.
 *
 * @param store address of a store that several processes share; empty for the one in the run folder
 * @param taxonomy the file it was read from; empty for the one that ships
 * @param sources where each setting is from
 */
public record BuildWork(
        Path pool,
        Path endpoints,
        Path out,
        Optional<String> store,
        BuildSettings settings,
        Optional<Path> taxonomy,
        boolean retryDead,
        Map<String, String> sources) {
    /** Dead letters, a line each. */
    public static final String LETTERS = "dead-letters.jsonl";

    /** The tables that a build's store has. */
    public static final List<String> MIGRATIONS = List.of(Build.MIGRATIONS, Drafts.MIGRATIONS);

    public BuildWork {
        sources = Map.copyOf(sources);
    }

    /** Says what it would need, and writes nothing. */
    public void foresee(Desk desk) {
        Path scratch = Scratch.folder();
        try (Store empty = Store.inFolder(scratch, MIGRATIONS);
                Endpoints open = Endpoints.read(endpoints, empty)) {
            Build.of(empty, new Pool(pool), settings, open::playing)
                    .forecast()
                    .lines()
                    .forEach(desk::say);
        } finally {
            Scratch.remove(scratch);
        }
    }

    /** Works until nothing is left to do. */
    public Funnel run(Desk desk) {
        try (RunFolder folder = RunFolder.open(out, plan());
                Store open = store.map(url -> Store.open(url, MIGRATIONS))
                        .orElseGet(() -> Store.inFolder(out, MIGRATIONS));
                Endpoints agents = Endpoints.read(endpoints, open)) {
            Build build = Build.of(open, new Pool(pool), settings, agents::playing);
            if (retryDead) {
                desk.say(build.revive() + " dead letters are tried again.");
            }
            Funnel funnel = build.run(now -> desk.progress().at("build", now.ended(), now.ended() + now.toGo(), now.line()));
            desk.progress().at("build", funnel.ended(), funnel.ended(), funnel.line());
            write(folder, build, funnel, new Drafts(open.dataSource(), open.postgres()));
            tell(desk, build, funnel);
            folder.finish();
            return funnel;
        }
    }

    private void write(RunFolder folder, Build build, Funnel funnel, Drafts drafts) {
        AtomicFile.write(folder.resolve("funnel.json"), Json.page(Json.tree(funnel)));
        taxonomy.ifPresent(file -> copy(file, folder.resolve(PicturesWork.TAXONOMY)));
        Coverage coverage = Coverage.of(settings.taxonomy(), drafts.categories(Optional.empty()));
        AtomicFile.write(folder.resolve("taxonomy.svg"), Rings.draw(coverage));
        StringBuilder letters = new StringBuilder();
        for (Letter letter : build.letters()) {
            letters.append(Json.line(Json.tree(letter))).append('\n');
        }
        AtomicFile.write(folder.resolve(LETTERS), letters.toString());
    }

    private static void copy(Path from, Path to) {
        try {
            AtomicFile.write(to, Files.readString(from));
        } catch (java.io.IOException e) {
            throw org.espalier.core.file.FileTrouble.reading(from, e);
        }
    }

    private void tell(Desk desk, Build build, Funnel funnel) {
        desk.say("%-12s %8s %8s %8s %6s".formatted("stage", "reached", "passed", "dropped", "dead"));
        Map<String, Map<String, Long>> drops = build.drops();
        for (Funnel.Stage stage : funnel.stages()) {
            desk.say("%-12s %8d %8d %8d %6d"
                    .formatted(stage.name(), stage.reached(), stage.passed(), stage.dropped(), stage.dead()));
            drops.getOrDefault(stage.name(), Map.of()).forEach((reason, n) -> desk.say("  %6d %s".formatted(n, reason)));
        }
        if (funnel.spent().signum() > 0) {
            desk.say("Spent so far: " + funnel.spent().stripTrailingZeros().toPlainString() + ".");
        }
        if (funnel.dead() > 0) {
            desk.say(funnel.dead() + " dead letters are in " + out.resolve(LETTERS)
                    + " with everything received; the same command with --retry-dead tries them again.");
        }
        desk.say(funnel.pictures() + " pictures became " + funnel.drafts() + " drafts in " + out + ".");
    }

    private RunPlan plan() {
        RunPlan.Builder plan = Machine.plan("ssui build").seed("build", settings.seed());
        plan.input("pool", pool, Sha256.of(pool.resolve(Pool.NAME)));
        plan.setting("taxonomy", settings.taxonomy().name() + " " + settings.taxonomy().sha256(), source("taxonomy"));
        plan.setting("twins", settings.twins(), source("twins"));
        plan.setting("temperature", settings.temperature(), source("temperature"));
        plan.setting("max-tokens", settings.maxTokens(), source("max-tokens"));
        plan.setting("tries", settings.tries(), source("tries"));
        plan.setting("quotas", settings.quotas().weights(), source("quota"));
        SortedMap<String, String> prompts = new TreeMap<>();
        for (String agent : Stages.NAMES) {
            prompts.put(
                    agent,
                    Optional.ofNullable(settings.prompts().get(agent))
                            .orElseGet(() -> Prompt.shipped(agent))
                            .sha256());
        }
        return plan.setting("prompts", prompts, source("prompt")).build();
    }

    private String source(String flag) {
        return sources.getOrDefault(flag, "default");
    }
}
