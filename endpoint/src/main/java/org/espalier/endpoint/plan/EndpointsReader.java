package org.espalier.endpoint.plan;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.espalier.core.file.Problems;
import org.espalier.core.yaml.YamlEntries;
import org.espalier.endpoint.wire.Capabilities;
import org.espalier.endpoint.wire.Dialect;
import org.espalier.endpoint.wire.Provider;

/** Reads the endpoints file; every problem is noted with its line, none stops the reading. */
final class EndpointsReader {
    private static final long MUCH = 1_000_000_000;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private final Path file;
    private final Problems problems;
    private final Collection<String> agents;

    /** @param agents whose answers and prompts can be set */
    EndpointsReader(Path file, Collection<String> agents) {
        this.file = file;
        this.agents = agents;
        this.problems = new Problems(file);
    }

    EndpointsFile read(String yaml) {
        YamlEntries top = YamlEntries.of(yaml, file, "endpoints should be described", problems);
        SortedMap<String, EndpointPlan> endpoints = new TreeMap<>();
        YamlEntries described = top.inner("endpoints");
        for (String name : described.names()) {
            if (!NAME.matcher(name).matches()) {
                described.wrong(name, "is no name of an endpoint: letters, digits, '.', '_' and '-'");
            }
            endpoints.put(name, endpoint(name, described.inner(name)));
        }
        if (top.has("endpoints") && endpoints.isEmpty()) {
            top.wrong("endpoints", "names no endpoint");
        }
        SortedMap<String, RoleSettings> roles = new TreeMap<>();
        if (top.has("agents")) {
            YamlEntries said = top.inner("agents");
            Stream.concat(Stream.of(EndpointsFile.DEFAULT, EndpointsFile.JUDGE), agents.stream())
                    .filter(said::has)
                    .forEach(role -> roles.put(role, role(role, said, endpoints.keySet())));
            said.refuseOthers("agent");
        }
        top.refuseOthers("part of an endpoints file");
        problems.throwIfAny();
        return new EndpointsFile(endpoints, roles);
    }

    private RoleSettings role(String name, YamlEntries roles, Set<String> endpoints) {
        if (!roles.isGroup(name)) {
            return RoleSettings.endpoint(endpointName(name, roles, endpoints));
        }
        if (!agents.contains(name)) {
            roles.wrong(name, "takes the name of an endpoint alone");
            return RoleSettings.NONE;
        }
        YamlEntries said = roles.inner(name);
        RoleSettings settings = new RoleSettings(
                said.has("endpoint") ? Optional.of(endpointName("endpoint", said, endpoints)) : Optional.empty(),
                said.has("temperature") ? OptionalDouble.of(said.number("temperature", 0, 2)) : OptionalDouble.empty(),
                said.has("max-tokens")
                        ? OptionalInt.of((int) said.whole("max-tokens", 16, 1_000_000, 16))
                        : OptionalInt.empty(),
                said.has("prompt") ? Optional.of(beside(said.text("prompt", ""))) : Optional.empty());
        said.refuseOthers("setting of an agent");
        return settings;
    }

    private static String endpointName(String key, YamlEntries said, Set<String> endpoints) {
        String name = said.text(key, "");
        if (!endpoints.contains(name)) {
            said.wrong(key, "names '" + name + "', which is none of the endpoints " + String.join(", ", endpoints));
        }
        return name;
    }

    private EndpointPlan endpoint(String name, YamlEntries said) {
        Provider provider = said.choice("provider", Provider.OPENAI_COMPATIBLE);
        String model = said.text("model", "");
        if (model.isBlank()) {
            said.wrong("model", "is missing: the model's name as the server knows it, or its folder");
        }
        boolean local = provider == Provider.LOCAL;
        EndpointPlan plan = new EndpointPlan(
                name,
                provider,
                url(said, provider),
                local ? beside(model).toString() : model,
                local && said.has("adapter") ? Optional.of(beside(said.text("adapter", ""))) : Optional.empty(),
                key(said),
                limits(said),
                prices(said),
                capabilities(said, provider.capabilities()),
                Set.copyOf(said.choices("omit", Dialect.OMITTABLE)),
                said.has("extra") ? said.inner("extra").values() : Map.of(),
                false);
        boolean batch = said.flag("batch", false);
        said.refuseKey();
        said.refuseOthers("setting of an endpoint");
        if (batch && (local || provider == Provider.GEMINI)) {
            said.wrong("batch", "is for providers openai, anthropic and openai-compatible");
            return plan;
        }
        return batch ? plan.batched() : plan;
    }

    private Path beside(String path) {
        return file.resolveSibling(path.isEmpty() ? "." : path);
    }

    private String url(YamlEntries said, Provider provider) {
        if (provider == Provider.LOCAL) {
            return "";
        }
        String url = said.text("base-url", provider.url());
        String wrong = EndpointPlan.trouble(url);
        if (!wrong.isEmpty()) {
            said.wrong("base-url", url.isEmpty() ? "is missing" : wrong);
        }
        return EndpointPlan.trimmed(url);
    }

    private KeySource key(YamlEntries said) {
        if (said.has("key-env") && said.has("key-file")) {
            said.wrong("key-file", "and key-env both say where the key is: give one of them");
        }
        if (said.has("key-env")) {
            return new KeySource.Variable(said.text("key-env", ""));
        }
        return said.has("key-file") ? new KeySource.File(beside(said.text("key-file", ""))) : new KeySource.None();
    }

    private static Limits limits(YamlEntries said) {
        Limits usual = Limits.USUAL;
        return new Limits(
                (int) said.whole("concurrency", 1, 10_000, usual.concurrency()),
                optional(said, "requests-a-minute"),
                optional(said, "tokens-a-minute"),
                said.has("budget") ? Optional.of(said.money("budget")) : Optional.empty(),
                Duration.ofSeconds(said.whole(
                        "connect-timeout", 1, 600, usual.connectTimeout().toSeconds())),
                Duration.ofSeconds(
                        said.whole("timeout", 1, 7200, usual.timeout().toSeconds())),
                (int) said.whole("retries", 0, 100, usual.retries()));
    }

    private static OptionalLong optional(YamlEntries said, String name) {
        return said.has(name) ? OptionalLong.of(said.whole(name, 1, MUCH, 1)) : OptionalLong.empty();
    }

    private static Prices prices(YamlEntries said) {
        if (!said.has("prices")) {
            if (said.has("budget")) {
                said.wrong("budget", "can only be kept where 'prices' say what tokens cost");
            }
            return Prices.NOTHING;
        }
        YamlEntries prices = said.inner("prices");
        Prices read = new Prices(
                prices.money("input"),
                prices.has("cached-input") ? prices.money("cached-input") : prices.money("input"),
                prices.money("output"));
        prices.refuseOthers("price");
        return read;
    }

    private static Capabilities capabilities(YamlEntries said, Capabilities usual) {
        if (!said.has("capabilities")) {
            return usual;
        }
        YamlEntries stated = said.inner("capabilities");
        Capabilities read = new Capabilities(
                stated.flag("pictures", usual.pictures()),
                stated.flag("seed", usual.seed()),
                stated.flag("logprobs", usual.logprobs()),
                stated.choice("json", usual.json()),
                stated.choice("prefill", usual.prefill()));
        stated.refuseOthers("capability");
        return read;
    }
}
