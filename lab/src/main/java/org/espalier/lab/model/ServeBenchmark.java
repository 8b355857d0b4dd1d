package org.espalier.lab.model;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.espalier.core.Draw;
import org.espalier.core.Progress;
import org.espalier.core.Sampler;
import org.espalier.core.Sampling;
import org.espalier.core.Stem;
import org.espalier.core.Turn;
import org.espalier.core.file.FileTrouble;
import org.espalier.core.file.Json;
import org.espalier.core.file.ScratchFolder;
import org.espalier.model.LoadedModel;
import org.espalier.model.ModelFolder;
import org.espalier.model.decoder.Deltas;
import org.espalier.model.generate.LocalModel;
import org.espalier.serve.ModelServer;
import org.espalier.serve.ServerSettings;
import org.espalier.tensor.Placement;
import tools.jackson.databind.node.ObjectNode;

/**
 * Callers who ask a server all at once, beside a batch of as many in this process: the same words, random weights and
 * number of tokens, one after the other in each round.
 */
public final class ServeBenchmark {
    private static final int TOKENS = 128;
    /** A server draws by it, so that a batch that does so too has the same answers, which end where those end. */
    private static final String SERVED_KEY = "chat";

    private static final String WORDS = "Is it safe to put the kettle on the chair beside the bed? ".repeat(3);

    private ServeBenchmark() {}

    /**
     * What was measured; medians of whole rounds.
     *
     * @param batch in this process
     * @param served to callers, each of whom waits for a whole answer
     * @param streamed to callers to whom each token is sent as it comes
     * @param arrivals how often something came for a caller to whom tokens are sent
     */
    public record Outcome(
            String model, int callers, Speed batch, Speed served, Speed streamed, double arrivals, int rounds) {}

    /**
     * Of a way to get answers.
     *
     * @param tokens of a round, all answers together: those of the three ways differ by rounding alone
     * @param tokensPerSecond of all answers together
     * @param micros of processor time that a token takes in this process
     * @param callerMicros what of these the callers take
     */
    public record Speed(double tokens, double tokensPerSecond, double micros, double callerMicros) {}

    /**
     * Measures.
     *
     * @param folder of a model, of whose files all but the weights are taken
     * @param wide whether the model is made as wide as {@link Size#SMALL}
     */
    public static Outcome run(Path folder, boolean wide, int callers, int rounds, int warmUps, Progress progress) {
        try (ScratchFolder scratch = ScratchFolder.make();
                RandomWeights weights = new RandomWeights(Placement.CPU, 0);
                LoadedModel model = LoadedModel.of(files(folder, wide, scratch.path()), weights);
                LocalModel local = new LocalModel(model, Deltas.NONE);
                ModelServer server =
                        ModelServer.start(model, "model", Map.of(), ServerSettings.plain(), Optional.empty())) {
            SelectingCallers asking = new SelectingCallers(server.base(), callers, TOKENS, WORDS);
            List<Round> all = new ArrayList<>();
            for (int i = 0; i < warmUps + rounds; i++) {
                progress.at("perf serve", i, warmUps + rounds, callers + " callers");
                Round one = new Round(
                        part(() -> batch(local, callers)), part(() -> asking.ask(false)), part(() -> asking.ask(true)));
                if (i >= warmUps) {
                    all.add(one);
                }
            }
            return new Outcome(
                    wide ? "small" : "tiny",
                    callers,
                    speed(all, Round::batch),
                    speed(all, Round::served),
                    speed(all, Round::streamed),
                    Median.of(all, one -> one.streamed().got().arrivals()),
                    rounds);
        }
    }

    private record Part(SelectingCallers.Got got, double cpuSeconds) {
        double tokensPerSecond() {
            return got.tokens() / got.seconds();
        }

        double micros() {
            return cpuSeconds * 1e6 / got.tokens();
        }

        double callerMicros() {
            return got.callerSeconds() * 1e6 / got.tokens();
        }
    }

    private record Round(Part batch, Part served, Part streamed) {}

    private static Part part(Supplier<SelectingCallers.Got> work) {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        long begun = system.getProcessCpuTime();
        SelectingCallers.Got got = work.get();
        return new Part(got, (system.getProcessCpuTime() - begun) / 1e9);
    }

    private static Speed speed(List<Round> all, Function<Round, Part> which) {
        return new Speed(
                Median.of(all, one -> which.apply(one).got().tokens()),
                Median.of(all, one -> which.apply(one).tokensPerSecond()),
                Median.of(all, one -> which.apply(one).micros()),
                Median.of(all, one -> which.apply(one).callerMicros()));
    }

    private static ModelFolder files(Path folder, boolean wide, Path scratch) {
        return FileTrouble.reading(folder, () -> {
            for (String name : List.of("tokenizer.json", "preprocessor_config.json")) {
                Files.copy(folder.resolve(name), scratch.resolve(name));
            }
            ObjectNode config = (ObjectNode) Json.parse(Files.readString(folder.resolve("config.json")));
            if (wide) {
                config.put("hidden_size", 512).put("intermediate_size", 2048).put("num_hidden_layers", 8);
                config.put("num_attention_heads", 8).put("num_key_value_heads", 2);
                config.putObject("rope_scaling").put("type", "mrope").putArray("mrope_section");
                config.withArray("/rope_scaling/mrope_section").add(8).add(12).add(12);
                ((ObjectNode) config.path("vision_config")).put("out_hidden_size", 512);
            }
            Files.writeString(scratch.resolve("config.json"), Json.page(config));
            return ModelFolder.open(scratch);
        });
    }

    private static SelectingCallers.Got batch(LocalModel model, int callers) {
        List<Sampler.Request> requests = IntStream.range(0, callers)
                .mapToObj(i -> new Sampler.Request(
                        SERVED_KEY,
                        List.of(new Turn(Turn.Role.USER, List.of(), WORDS + i)),
                        Stem.EMPTY,
                        List.of(Draw.whole(0))))
                .toList();
        long begun = System.nanoTime();
        long tokens = model.sample(requests, Sampling.at(1, TOKENS, SelectingCallers.SEED)).stream()
                .mapToLong(one -> one.getFirst().tokens().size())
                .sum();
        return new SelectingCallers.Got(tokens, (System.nanoTime() - begun) / 1e9, 0, 0);
    }
}
