package org.espalier.lab.model;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.espalier.core.Draw;
import org.espalier.core.Progress;
import org.espalier.core.Sampler;
import org.espalier.core.Sampling;
import org.espalier.core.Stem;
import org.espalier.core.SurroundingsException;
import org.espalier.core.Turn;
import org.espalier.core.file.FileTrouble;
import org.espalier.core.file.Json;
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
    private static final String WORDS = "Is it safe to put the kettle on the chair beside the bed? ".repeat(3);

    private ServeBenchmark() {}

    /**
     * What was measured; medians of whole rounds.
     *
     * @param batch tokens a second of the batch in this process
     * @param served of the callers together, each of whom waits for a whole answer
     * @param streamed of callers to whom each token is sent as it comes
     */
    public record Outcome(String model, int callers, double batch, double served, double streamed, int rounds) {}

    /**
     * Measures.
     *
     * @param folder of a model, of whose files all but the weights are taken
     * @param wide whether the model is made as wide as {@link Size#SMALL}
     */
    public static Outcome run(Path folder, boolean wide, int callers, int rounds, int warmUps, Progress progress) {
        Path scratch = files(folder, wide);
        ModelFolder files = ModelFolder.open(scratch);
        try (RandomWeights weights = new RandomWeights(Placement.CPU, 0);
                LoadedModel model = LoadedModel.of(files, weights);
                LocalModel local = new LocalModel(model, Deltas.NONE);
                ModelServer server =
                        ModelServer.start(model, "model", Map.of(), ServerSettings.plain(), Optional.empty());
                HttpClient client = HttpClient.newHttpClient();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callers asking = new Callers(server.base(), client, threads, callers);
            List<double[]> all = new ArrayList<>();
            for (int i = 0; i < warmUps + rounds; i++) {
                progress.at("perf serve", i, warmUps + rounds, callers + " callers");
                double[] one = {batch(local, callers), asking.ask(false), asking.ask(true)};
                if (i >= warmUps) {
                    all.add(one);
                }
            }
            String name = wide ? "small" : "tiny";
            return new Outcome(name, callers, median(all, 0), median(all, 1), median(all, 2), rounds);
        } finally {
            delete(scratch);
        }
    }

    private static double median(List<double[]> all, int which) {
        double[] sorted = all.stream().mapToDouble(one -> one[which]).sorted().toArray();
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    private static Path files(Path folder, boolean wide) {
        try {
            Path scratch = Files.createTempDirectory("espalier-perf-serve");
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
            return scratch;
        } catch (IOException e) {
            throw FileTrouble.reading(folder, e);
        }
    }

    private static void delete(Path scratch) {
        try {
            for (String name : List.of("tokenizer.json", "preprocessor_config.json", "config.json")) {
                Files.deleteIfExists(scratch.resolve(name));
            }
            Files.deleteIfExists(scratch);
        } catch (IOException e) {
            throw FileTrouble.writing(scratch, e);
        }
    }

    /** Tokens a second. */
    private static double batch(LocalModel model, int callers) {
        List<Sampler.Request> requests = IntStream.range(0, callers)
                .mapToObj(i -> new Sampler.Request(
                        "caller " + i,
                        List.of(new Turn(Turn.Role.USER, List.of(), WORDS + i)),
                        Stem.EMPTY,
                        List.of(Draw.whole(0))))
                .toList();
        long begun = System.nanoTime();
        long tokens = model.sample(requests, Sampling.at(1, TOKENS, 1)).stream()
                .mapToLong(one -> one.getFirst().tokens().size())
                .sum();
        return tokens / ((System.nanoTime() - begun) / 1e9);
    }

    private record Callers(URI base, HttpClient client, ExecutorService threads, int callers) {
        /** Tokens a second. */
        double ask(boolean stream) {
            List<Callable<Long>> asks = IntStream.range(0, callers)
                    .<Callable<Long>>mapToObj(i -> () -> ask(i, stream))
                    .toList();
            long begun = System.nanoTime();
            long tokens = 0;
            try {
                for (Future<Long> one : threads.invokeAll(asks)) {
                    tokens += one.get();
                }
            } catch (InterruptedException | ExecutionException e) {
                throw new SurroundingsException("A caller failed: " + e.getMessage() + ".", e);
            }
            return tokens / ((System.nanoTime() - begun) / 1e9);
        }

        private long ask(int number, boolean stream) throws IOException, InterruptedException {
            ObjectNode body =
                    Json.object().put("model", "model").put("seed", number).put("max_tokens", TOKENS);
            body.putArray("messages").addObject().put("role", "user").put("content", WORDS + number);
            if (stream) {
                body.put("stream", true).putObject("stream_options").put("include_usage", true);
            }
            HttpRequest request = HttpRequest.newBuilder(URI.create(base + "/chat/completions"))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(Json.line(body)))
                    .build();
            String answer =
                    client.send(request, HttpResponse.BodyHandlers.ofString()).body();
            String last = stream ? answer.substring(answer.lastIndexOf("data: {") + "data: ".length()) : answer;
            return Json.parse(stream ? last.substring(0, last.indexOf('\n')) : last)
                    .at("/usage/completion_tokens")
                    .asLong();
        }
    }
}
