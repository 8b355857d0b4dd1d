package org.espalier.endpoint.plan;

import java.math.BigDecimal;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.espalier.core.InputException;
import org.espalier.core.file.Json;
import org.espalier.endpoint.wire.Provider;
import tools.jackson.databind.node.ObjectNode;

/** Writes endpoints as the reader takes them, for another process. Keys are named in it, and never in it. */
final class EndpointsText {
    private EndpointsText() {}

    /** @throws InputException if one is a checkpoint, or asked in batches: these are this process's own */
    static String of(EndpointsFile file) {
        ObjectNode root = Json.object();
        ObjectNode endpoints = root.putObject("endpoints");
        file.endpoints().forEach((name, plan) -> write(plan, endpoints.putObject(name)));
        return Json.page(root);
    }

    private static void write(EndpointPlan plan, ObjectNode to) {
        if (plan.provider() == Provider.LOCAL) {
            throw new InputException(
                    "endpoint " + plan.name() + " is the checkpoint " + plan.model()
                            + ", which this process alone would ask: have it answer with 'espalier serve', and name its address");
        }
        if (plan.batch()) {
            throw new InputException("endpoint " + plan.name() + " is asked in batches, which one process alone does:"
                    + " leave 'batch' out for this");
        }
        to.put("provider", plan.provider().label()).put("model", plan.model()).put("base-url", plan.baseUrl());
        switch (plan.key()) {
            case KeySource.None _ -> {}
            case KeySource.Variable(String name) -> to.put("key-env", name);
            case KeySource.File(var path) ->
                to.put("key-file", path.toAbsolutePath().normalize().toString());
        }
        write(plan.limits(), to);
        ObjectNode prices = to.putObject("prices");
        prices.put("input", plain(plan.prices().input()));
        prices.put("cached-input", plain(plan.prices().cached()));
        prices.put("output", plain(plan.prices().output()));
        ObjectNode able = to.putObject("capabilities");
        able.put("pictures", plan.capabilities().pictures());
        able.put("seed", plan.capabilities().seed());
        able.put("logprobs", plan.capabilities().logprobs());
        able.put("json", plan.capabilities().json().label());
        able.put("prefill", plan.capabilities().prefill().label());
        if (!plan.omit().isEmpty()) {
            plan.omit().stream().sorted().forEach(to.putArray("omit")::add);
        }
        if (!plan.extra().isEmpty()) {
            to.set("extra", Json.tree(new TreeMap<>(plan.extra())));
        }
    }

    private static void write(Limits limits, ObjectNode to) {
        to.put("concurrency", limits.concurrency());
        put(to, "requests-a-minute", limits.requests());
        put(to, "tokens-a-minute", limits.tokens());
        limits.budget().ifPresent(money -> to.put("budget", plain(money)));
        to.put("connect-timeout", limits.connectTimeout().toSeconds());
        to.put("timeout", limits.timeout().toSeconds());
        to.put("retries", limits.retries());
    }

    private static void put(ObjectNode to, String name, OptionalLong amount) {
        amount.ifPresent(value -> to.put(name, value));
    }

    /** Without an exponent, which would be read as another kind of number. */
    private static String plain(BigDecimal money) {
        return money.toPlainString();
    }
}
