package org.espalier.app.command;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.espalier.app.console.Console;
import org.espalier.core.file.Json;
import org.espalier.greenhouse.serve.Faults;
import org.espalier.greenhouse.serve.JudgeErrors;
import org.espalier.greenhouse.serve.PathErrors;
import org.espalier.greenhouse.serve.PlayedServer;
import org.espalier.greenhouse.serve.ServeSettings;
import org.espalier.greenhouse.world.WorldFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code espalier greenhouse serve}. */
@Command(
        name = "serve",
        description = "Plays an OpenAI-compatible endpoint on the loopback address: every agent of the dataset builder,"
                + " the verifier of pictures and the judge, from the greenhouse's facts.")
final class GreenhouseServeCommand implements Verb {
    /** Where it listens if nothing is said; the endpoints file beside its pictures names the same. */
    static final int PORT = 8321;

    @Option(names = "--port", defaultValue = "" + PORT, description = "Where to listen; 0 for any that is free.")
    private int port;

    @Option(names = "--delay-ms", defaultValue = "0", description = "Wait so long before each answer.")
    private long delay;

    @Option(
            names = "--concurrency",
            defaultValue = "10000",
            description = "Answer so many calls at once; further ones wait.")
    private int concurrency;

    @Option(
            names = "--faults",
            defaultValue = "0",
            paramLabel = "RATE[:KIND,...]",
            description = "Spoil this share of calls: 429 (with Retry-After), 500, drop, torn (half a body), malformed"
                    + " and truncated (answers), all of them if none is named. The same call fares the same at the same"
                    + " repetition.")
    private String faults;

    @Option(names = "--fault-seed", defaultValue = "0", description = "Draws the faults and the judge's errors.")
    private long faultSeed;

    @Option(
            names = "--judge-false-positive",
            defaultValue = "0",
            paramLabel = "RATE",
            description = "The judge of answers (explore --verifier judge) calls this share of wrong answers correct.")
    private double falsePositive;

    @Option(
            names = "--judge-false-negative",
            defaultValue = "0",
            paramLabel = "RATE",
            description = "And this share of correct answers wrong.")
    private double falseNegative;

    @Option(
            names = "--judge-errors",
            defaultValue = "",
            paramLabel = "KIND=RATE,...",
            description = "RSBench's judges err so often: danger-missed, danger-invented (is it safe?), use-missed,"
                    + " use-invented (is it effective?), step-misnamed.")
    private String pathErrors;

    @Option(names = "--log", description = "Write a line of JSON for each call.")
    private Optional<Path> log;

    @Override
    public int run(Console console) throws InterruptedException {
        ServeSettings settings = new ServeSettings(
                port,
                Duration.ofMillis(delay),
                concurrency,
                Faults.of(faults, faultSeed),
                new JudgeErrors(falsePositive, falseNegative, PathErrors.of(pathErrors, faultSeed), faultSeed),
                log);
        try (PlayedServer server = PlayedServer.start(settings, WorldFile.load())) {
            console.say("Listening at " + server.base() + " as model " + PlayedServer.MODEL + "; Ctrl-C ends it.");
            console.watch(progress ->
                    progress.at("calls", server.counts().path("calls").asLong(), 0, ""));
            console.say("Closed; answered: " + Json.line(server.counts()));
            return ExitCode.DONE.number();
        }
    }
}
