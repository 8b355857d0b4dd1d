package org.espalier.app.work;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.espalier.app.config.BenchSettings;
import org.espalier.bench.judge.JudgeModel;
import org.espalier.core.ChatModel;
import org.espalier.core.InputException;
import org.espalier.endpoint.EndpointChatModel;
import org.espalier.endpoint.Endpoints;
import org.espalier.endpoint.plan.EndpointPlan;
import org.espalier.endpoint.plan.EndpointsFile;
import org.espalier.store.Store;

/** The endpoints of a benchmark's run, over the journal in its folder: no answer is paid for twice. */
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
        Store store = Store.inFolder(folder);
        return new OpenEndpoints(store, Endpoints.open(new EndpointsFile(named, new TreeMap<>()), store));
    }

    ChatModel model(EndpointPlan plan) {
        return new EndpointChatModel(endpoints.named(plan.name()));
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
                plan.extra());
    }

    @Override
    public void close() {
        try (store) {
            endpoints.close();
        }
    }
}
