package org.espalier.app.command;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.espalier.app.work.BuildWork;
import org.espalier.app.work.Desk;
import org.espalier.ssui.agent.Prompt;
import org.espalier.ssui.build.BuildSettings;
import org.espalier.ssui.build.Stages;
import org.espalier.ssui.taxonomy.Quotas;
import org.espalier.ssui.taxonomy.Taxonomy;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code espalier ssui build}. */
@Command(
        name = "build",
        description = "Has five agents write samples for the pictures of a pool: query, reasoning, reflection, check and"
                + " summary. No answer is paid for twice; the same command goes on where it was stopped.")
final class SsuiBuildCommand implements Callable<Integer> {
    private final Desk desk;

    @Spec
    private CommandSpec spec;

    @Option(names = "--pool", required = true, paramLabel = "POOL", description = "The pictures, from 'ssui intake'.")
    private Path pool;

    @Option(
            names = "--endpoints",
            required = true,
            paramLabel = "FILE",
            description = "Who plays the agents: servers, prices, limits.")
    private Path endpoints;

    @Option(names = "--out", required = true, paramLabel = "RUN", description = "The run folder.")
    private Path out;

    @Option(
            names = "--store",
            paramLabel = "JDBC_URL",
            description = "A store that several machines share, such as jdbc:postgresql://host/name (default: a file in"
                    + " RUN).")
    private Optional<String> store;

    @Option(
            names = "--taxonomy",
            paramLabel = "FILE",
            description = "Your own categories (default: 3, 19 and 68 composed from public ones).")
    private Optional<Path> taxonomy;

    @Option(
            names = "--quota",
            paramLabel = "CATEGORY=WEIGHT",
            description = "How often the query agent is asked to aim at a category of any level; 1 if not named.")
    private Map<String, Double> quotas = Map.of();

    @Option(
            names = "--prompt",
            paramLabel = "AGENT=FILE",
            description = "Your own prompt for an agent.")
    private Map<String, Path> prompts = Map.of();

    @Option(
            names = "--twins",
            defaultValue = "0",
            paramLabel = "SHARE",
            description = "This share of the pictures also gets a safe twin: a harmless pair that looks like a harmful one"
                    + " (default ${DEFAULT-VALUE}).")
    private double twins;

    @Option(
            names = "--temperature",
            defaultValue = "0.7",
            paramLabel = "T",
            description = "Of the agents (default ${DEFAULT-VALUE}).")
    private double temperature;

    @Option(
            names = "--max-tokens",
            defaultValue = "1024",
            paramLabel = "N",
            description = "Of one answer (default ${DEFAULT-VALUE}).")
    private int maxTokens;

    @Option(
            names = "--tries",
            defaultValue = "1",
            paramLabel = "N",
            description = "Attempts at an answer, each with one repair, before it is a dead letter (default"
                    + " ${DEFAULT-VALUE}).")
    private int tries;

    @Option(names = "--seed", defaultValue = "0", paramLabel = "N", description = "Draws aims, twins and answers.")
    private long seed;

    @Option(names = "--retry-dead", description = "Try the dead letters again, with new draws.")
    private boolean retryDead;

    @Option(names = "--dry-run", description = "Say what calls, tokens, money and time it would take; write nothing.")
    private boolean dryRun;

    SsuiBuildCommand(Desk desk) {
        this.desk = desk;
    }

    @Override
    public Integer call() {
        Taxonomy categories = taxonomy.map(Taxonomy::read).orElseGet(Taxonomy::composed);
        Map<String, Prompt> own = new LinkedHashMap<>();
        prompts.forEach((agent, file) -> {
            if (!Stages.NAMES.contains(agent)) {
                throw Words.unknown("agent", agent, Stages.NAMES);
            }
            own.put(agent, Prompt.read(file));
        });
        BuildSettings settings = new BuildSettings(
                seed, categories, Quotas.of(categories, quotas), twins, temperature, maxTokens, tries, own);
        BuildWork work = new BuildWork(pool, endpoints, out, store, settings, taxonomy, retryDead, sources());
        if (dryRun) {
            work.foresee(desk);
        } else {
            work.run(desk);
        }
        return ExitCode.DONE.number();
    }

    private SortedMap<String, String> sources() {
        SortedMap<String, String> sources = new TreeMap<>();
        spec.commandLine()
                .getParseResult()
                .matchedOptions()
                .forEach(option ->
                        sources.put(option.longestName().replaceFirst("^--", ""), "flag " + option.longestName()));
        return sources;
    }
}
