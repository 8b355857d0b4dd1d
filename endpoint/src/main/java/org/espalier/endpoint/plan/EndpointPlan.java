package org.espalier.endpoint.plan;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.espalier.core.InputException;
import org.espalier.endpoint.wire.Capabilities;
import org.espalier.endpoint.wire.Provider;

/**
 * One endpoint as the endpoints file describes it.
 *
 * @param name the file's; answers in the journal are kept under it
 * @param baseUrl with the version, such as {@code http://127.0.0.1:8000/v1}; empty for a local checkpoint
 * @param model as the server knows it; for a local checkpoint its folder
 * @param adapter of a local checkpoint
 * @param omit fields that the server does not take, such as {@code temperature} or {@code top_k}
 * @param extra further fields of each request's body
 * @param batch whether calls are put together into batches, which the provider answers within a day for half the price
 */
public record EndpointPlan(
        String name,
        Provider provider,
        String baseUrl,
        String model,
        Optional<Path> adapter,
        KeySource key,
        Limits limits,
        Prices prices,
        Capabilities capabilities,
        Set<String> omit,
        Map<String, Object> extra,
        boolean batch) {
    private static final int LAST_PORT = 65_535;

    /** Calls at once of an endpoint that is asked in batches, where its file does not say. */
    private static final int TOGETHER = 1250;

    public EndpointPlan {
        omit = Set.copyOf(omit);
        extra = Map.copyOf(extra);
    }

    /**
     * An OpenAI-compatible server with usual limits, as {@code --endpoint URL --model-name NAME --key-env VAR} name it.
     *
     * @throws InputException if the address is none
     */
    public static EndpointPlan at(String baseUrl, String model, Optional<String> keyVariable) {
        String wrong = trouble(baseUrl);
        if (!wrong.isEmpty()) {
            throw new InputException("the endpoint '" + baseUrl + "' " + wrong);
        }
        return new EndpointPlan(
                "endpoint",
                Provider.OPENAI_COMPATIBLE,
                trimmed(baseUrl),
                model,
                Optional.empty(),
                keyVariable.<KeySource>map(KeySource.Variable::new).orElseGet(KeySource.None::new),
                Limits.USUAL,
                Prices.NOTHING,
                Provider.OPENAI_COMPATIBLE.capabilities(),
                Set.of(),
                Map.of(),
                false);
    }

    /**
     * The same, asked in batches: half the price, and many calls at once unless its limits say how many.
     *
     * @throws InputException if its provider has no such interface
     */
    public EndpointPlan batched() {
        if (batch) {
            return this;
        }
        if (provider == Provider.LOCAL || provider == Provider.GEMINI) {
            throw new InputException("endpoint " + name + " cannot be asked in batches: OpenAI's and Anthropic's"
                    + " interfaces are known, and servers that speak as OpenAI's");
        }
        Limits many = limits.concurrency() == Limits.USUAL.concurrency() ? limits.atOnce(TOGETHER) : limits;
        return new EndpointPlan(
                name, provider, baseUrl, model, adapter, key, many, prices.halved(), capabilities, omit, extra, true);
    }

    /** A checkpoint in this process. */
    public static EndpointPlan checkpoint(String name, Path folder, Optional<Path> adapter) {
        return new EndpointPlan(
                name,
                Provider.LOCAL,
                "",
                folder.toString(),
                adapter,
                new KeySource.None(),
                Limits.USUAL,
                Prices.NOTHING,
                Provider.LOCAL.capabilities(),
                Set.of(),
                Map.of(),
                false);
    }

    /** The same under another name. */
    public EndpointPlan named(String other) {
        return new EndpointPlan(
                other, provider, baseUrl, model, adapter, key, limits, prices, capabilities, omit, extra, batch);
    }

    /** The same, able to do something else. */
    public EndpointPlan with(Capabilities other) {
        return new EndpointPlan(
                name, provider, baseUrl, model, adapter, key, limits, prices, other, omit, extra, batch);
    }

    /** The same, sent other parameters: without {@code omit}, with {@code extra}. */
    public EndpointPlan with(Set<String> others, Map<String, Object> more) {
        return new EndpointPlan(
                name, provider, baseUrl, model, adapter, key, limits, prices, capabilities, others, more, batch);
    }

    static String trimmed(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    /** What is wrong with an address, as a clause; empty if nothing is. */
    static String trouble(String url) {
        try {
            URI uri = URI.create(url);
            if (uri.getUserInfo() != null || uri.getQuery() != null) {
                return "holds a user or a query: keys are named by key-env or key-file";
            }
            boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            boolean place = uri.getHost() != null && uri.getPort() <= LAST_PORT;
            return http && place ? "" : "is no address: write it as http://127.0.0.1:8000/v1";
        } catch (IllegalArgumentException e) {
            return "is no address: write it as http://127.0.0.1:8000/v1";
        }
    }

    /** So many questions at once, a number at least, that no call that could be made waits for a group's slowest. */
    public int group(int least) {
        return Math.max(least, 8 * limits.concurrency());
    }
}
