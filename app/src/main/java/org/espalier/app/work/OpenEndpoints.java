package org.espalier.app.work;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.espalier.app.config.BenchSettings;
import org.espalier.bench.judge.JudgeModel;
import org.espalier.core.ChatModel;
import org.espalier.core.InputException;
import org.espalier.core.Sampler;
import org.espalier.endpoint.ContinuationMode;
import org.espalier.endpoint.EndpointChatModel;
import org.espalier.endpoint.EndpointSampler;
import org.espalier.endpoint.Endpoints;
import org.espalier.endpoint.plan.EndpointPlan;
import org.espalier.endpoint.plan.EndpointsFile;
import org.espalier.endpoint.wire.Provider;
import org.espalier.store.Store;

/** The endpoints of a run, over the journal in its folder: no answer is paid for twice. */
final class OpenEndpoints implements AutoCloseable {
    private final Store store;
    private final Endpoints endpoints;

    private OpenEndpoints(Store store, Endpoints endpoints) {
        this.store = store;
        this.endpoints = endpoints;
    }

    /** @param plans each under a name of its own */
    static OpenEndpoints in(Path folder, List<EndpointPlan> plans) {
        TreeMap<String, EndpointPlan> named = new TreeMap<>();
        for (EndpointPlan plan : plans) {
            EndpointPlan other = named.put(plan.name(), plan);
            if (other != null && !other.equals(plan)) {
                throw new InputException("two endpoints are called '" + plan.name() + "': give each its own name");
            }
        }
        plans.forEach(Endpoints::key);
        Store store = Store.inFolder(folder);
        return new OpenEndpoints(store, Endpoints.open(new EndpointsFile(named, new TreeMap<>()), store));
    }

    ChatModel model(EndpointPlan plan) {
        return new EndpointChatModel(endpoints.named(plan.name()));
    }

    Sampler sampler(EndpointPlan plan, ContinuationMode how) {
        return new EndpointSampler(endpoints.named(plan.name()), how);
    }

    List<JudgeModel> judges(List<EndpointPlan> judges) {
        return judges.stream()
                .<JudgeModel>map(plan -> new EndpointJudge(endpoints.named(plan.name())))
                .toList();
    }

    /** The same endpoint, sent neither temperature nor top-p where the model's own settings are wanted. */
    static EndpointPlan asked(EndpointPlan plan, BenchSettings settings) {
        if (settings.decoding() != BenchSettings.Decoding.MODEL) {
            return plan;
        }
        Set<String> omit = new TreeSet<>(plan.omit());
        omit.addAll(Set.of("temperature", "top-p"));
        return with(plan, omit, plan.extra());
    }

    /**
     * The same endpoint, told that nothing but the temperature shapes its draws. Servers fill in what they are not told
     * from the model's own settings, whose repetition penalty would draw from another distribution.
     */
    static EndpointPlan exploring(EndpointPlan plan) {
        if (plan.provider() != Provider.OPENAI_COMPATIBLE) {
            return plan;
        }
        Map<String, Object> extra = new TreeMap<>(Map.of("top_k", -1, "repetition_penalty", 1.0));
        if (!plan.omit().contains("top-p")) {
            extra.put("top_p", 1.0);
        }
        extra.putAll(plan.extra());
        return with(plan, plan.omit(), extra);
    }

    private static EndpointPlan with(EndpointPlan plan, Set<String> omit, Map<String, Object> extra) {
        return new EndpointPlan(
                plan.name(),
                plan.provider(),
                plan.baseUrl(),
                plan.model(),
                plan.adapter(),
                plan.key(),
                plan.limits(),
                plan.prices(),
                plan.capabilities(),
                omit,
                extra);
    }

    @Override
    public void close() {
        try (store) {
            endpoints.close();
        }
    }
}
