package org.espalier.app.command;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.espalier.app.console.Console;
import org.espalier.core.text.Counted;
import org.espalier.endpoint.plan.EndpointsFile;
import org.espalier.endpoint.plan.RoleSettings;
import org.espalier.ssui.agent.AgentPrompt;
import org.espalier.ssui.agent.Agents;
import org.espalier.ssui.build.AgentSettings;
import org.espalier.ssui.build.BuildForecast;
import org.espalier.ssui.build.BuildFunnel;
import org.espalier.ssui.build.BuildSettings;
import org.espalier.ssui.taxonomy.Quotas;
import org.espalier.ssui.taxonomy.Taxonomy;
import org.espalier.workflow.dataset.DatasetBuild;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code espalier ssui build}. */
@Command(
        name = "build",
        description =
                "Leads a pool's pictures through five agents into drafts for review. The same command resumes it"
                        + " where it was stopped; no answer is paid for twice. Exits with 1 if dead letters are left and no draft.")
final class SsuiBuildCommand implements Verb, Resumable {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--pool",
            required = true,
            paramLabel = "POOL",
            description = "The folder that 'ssui intake' wrote.")
    private Path pool;

    @Option(
            names = "--endpoints",
            required = true,
            description = "Which models there are, and which plays which agent: docs/endpoints.md.")
    private Path endpoints;

    @Option(names = "--out", required = true, paramLabel = "RUN", description = "The folder of this build.")
    private Path out;

    @Option(
            names = "--store",
            paramLabel = "JDBC_URL",
            description =
                    "A PostgreSQL database (jdbc:postgresql://...) in which any number of processes work on the same"
                            + " build, each with its own --out (default: a file in RUN).")
    private Optional<String> store;

    @Option(names = "--taxonomy", description = "The categories (default: those that ship).")
    private Optional<Path> taxonomy;

    @Option(
            names = "--quota",
            paramLabel = "ID=WEIGHT",
            description = "How often the query agent is to aim at a category, or at all below it; 1 where nothing is"
                    + " said, 0 for never.")
    private Map<String, Double> quotas = Map.of();

    @Option(
            names = "--twins",
            defaultValue = "0",
            paramLabel = "SHARE",
            description = "Share of the pictures that also get a safe twin, to train against over-refusal.")
    private double twins;

    @Option(
            names = "--prompt",
            paramLabel = "AGENT=FILE",
            description = "A prompt of your own for an agent of the build, such as query.")
    private Map<String, Path> prompts = Map.of();

    @Option(
            names = "--temperature",
            defaultValue = "" + AgentSettings.TEMPERATURE,
            description = "Of the agents of which the endpoints file says none.")
    private double temperature;

    @Option(
            names = "--max-tokens",
            defaultValue = "" + AgentSettings.MAX_TOKENS,
            description = "Of one answer, at most, where the endpoints file says nothing of the agent.")
    private int maxTokens;

    @Option(
            names = "--tries",
            defaultValue = "" + BuildSettings.TRIES,
            description = "Fresh tries at an answer, each with one repair, before it is a dead letter.")
    private int tries;

    @Option(names = "--seed", defaultValue = "0", description = "Another seed draws other samples.")
    private long seed;

    @Option(names = "--revive", description = "Try the dead letters of this build again, with fresh draws.")
    private boolean revive;

    @Option(names = "--dry-run", description = "Say what would be asked and what it would cost, and do nothing.")
    private boolean dryRun;

    @Override
    public int run(Console console) {
        Words.refusePassword(store);
        DatasetBuild build =
                new DatasetBuild(pool, endpoints, out, store, taxonomy, settings(), revive, SettingFlags.origins(spec));
        if (dryRun) {
            tell(console, build);
            return ExitCode.DONE.number();
        }
        DatasetBuild.Result result = build.run(console.progress());
        tell(console, result);
        return (result.barren() ? ExitCode.NO : ExitCode.DONE).number();
    }

    private void tell(Console console, DatasetBuild build) {
        console.say("Would build from " + pool + " into " + out
                + store.map(url -> " over a shared store").orElse("") + ":");
        Words.found(out, build.plan()).forEach(console::say);
        BuildForecast forecast = build.forecast();
        forecast.lines().forEach(console::say);
        build.tooSmallBudgets(forecast)
                .forEach((name, budget) -> console.say("  endpoint " + name + " may spend " + budget.toPlainString()
                        + " in all, and this is likely to cost " + BuildFunnel.money(forecast.cost(name))
                        + ": the build would stop when that is spent"));
    }

    private void tell(Console console, DatasetBuild.Result result) {
        BuildFunnel funnel = result.funnel();
        if (revive) {
            console.say("Tried " + Counted.of(result.revived(), "dead letter") + " again.");
        }
        console.say(Counted.of(funnel.pictures(), "picture") + " became " + Counted.of(funnel.drafts(), "draft")
                + (funnel.spent().signum() > 0
                        ? " for " + funnel.spent().stripTrailingZeros().toPlainString()
                        : "") + ".");
        funnel.lines().forEach(line -> console.say("  " + line));
        result.drops()
                .forEach((stage, reasons) -> reasons.forEach((reason, count) -> {
                    String words = result.words().getOrDefault(List.of(stage, reason), "");
                    console.say("  %6d dropped by %s: %s%s", count, stage, reason, words.isEmpty() ? "" : ": " + words);
                }));
        if (result.revivable()) {
            console.say("What could not be used is in " + out.resolve(DatasetBuild.LETTERS)
                    + (result.received() ? " with everything received" : " with its reasons; nothing was received")
                    + "; --revive tries it again.");
        }
        if (result.barren()) {
            console.say("There is no draft to review: no sample passed all agents.");
            return;
        }
        String where = store.map(url -> " --store \"" + url + "\"").orElse("");
        console.say("Review them with 'espalier studio " + out + where + "', or export them with 'espalier ssui export "
                + out + where + " --out DIR --unreviewed'.");
    }

    private BuildSettings settings() {
        Taxonomy categories = taxonomy.map(Taxonomy::read).orElseGet(Taxonomy::composed);
        prompts.keySet().stream()
                .filter(agent -> !Agents.NAMES.contains(agent))
                .findFirst()
                .ifPresent(agent -> {
                    throw Words.unknown("agent", agent, Agents.NAMES);
                });
        EndpointsFile file = Agents.readEndpoints(endpoints);
        Map<String, AgentSettings> agents = new HashMap<>();
        Agents.NAMES.forEach(agent -> agents.put(agent, agent(agent, file.settings(agent))));
        return new BuildSettings(seed, categories, Quotas.of(categories, quotas), twins, tries, agents);
    }

    /** What the endpoints file says of one agent goes before what is said here of all. */
    private AgentSettings agent(String name, RoleSettings said) {
        return new AgentSettings(
                said.temperature().orElse(temperature),
                said.maxTokens().orElse(maxTokens),
                Optional.ofNullable(prompts.get(name))
                        .or(said::prompt)
                        .map(AgentPrompt::read)
                        .orElseGet(() -> AgentPrompt.shipped(name)));
    }
}
