package org.espalier.workflow.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.espalier.core.ChatModel;
import org.espalier.core.Progress;
import org.espalier.endpoint.Endpoint;
import org.espalier.endpoint.Endpoints;
import org.espalier.endpoint.plan.EndpointPlan;
import org.espalier.endpoint.plan.EndpointsFile;
import org.espalier.model.generate.LocalModel;
import org.espalier.store.Store;
import org.espalier.tensor.Device;

/** The endpoints of a run, over the journal in its folder: no answer is paid for twice. Close it after the last call. Thread-safe. */
public final class RunEndpoints implements AutoCloseable {
    /** The folder of a run in which batches are kept while they are under way. */
    private static final String BATCHES = "batches";

    private final Optional<Store> store;
    private final Optional<Endpoints> endpoints;

    private RunEndpoints(Optional<Store> store, Optional<Endpoints> endpoints) {
        this.store = store;
        this.endpoints = endpoints;
    }

    /**
     * Opens them; a checkpoint among them, once it is first asked. Without any, no journal is made.
     *
     * @param plans each under a name of its own
     * @throws org.espalier.core.InputException if two have one name, or a key is not where its plan says
     */
    public static RunEndpoints in(Path folder, List<EndpointPlan> plans) {
        return in(folder, plans, (endpoints, _) -> endpoints);
    }

    /**
     * The same, able to ask in batches.
     *
     * @param progress hears how far they are
     */
    public static RunEndpoints batching(Path folder, List<EndpointPlan> plans, Progress progress) {
        return in(folder, plans, (endpoints, place) -> endpoints.batching(place.resolve(BATCHES), progress));
    }

    private static RunEndpoints in(Path folder, List<EndpointPlan> plans, BiFunction<Endpoints, Path, Endpoints> able) {
        if (plans.isEmpty()) {
            return none();
        }
        return over(Store.urlIn(folder), EndpointsFile.of(plans), endpoints -> able.apply(endpoints, folder));
    }

    /** For a run that asks nobody. */
    public static RunEndpoints none() {
        return new RunEndpoints(Optional.empty(), Optional.empty());
    }

    /** The endpoints of a file, over a journal anywhere: one that several processes share, where it is PostgreSQL's. */
    public static RunEndpoints over(String store, EndpointsFile file) {
        return over(store, file, endpoints -> endpoints);
    }

    private static RunEndpoints over(String url, EndpointsFile file, UnaryOperator<Endpoints> able) {
        file.endpoints().values().forEach(Endpoints::key);
        Store store = Store.open(url);
        Endpoints endpoints = Endpoints.open(file, store, RunEndpoints::checkpoint);
        return new RunEndpoints(Optional.of(store), Optional.of(able.apply(endpoints)));
    }

    private static ChatModel checkpoint(EndpointPlan plan) {
        return LocalModel.open(Path.of(plan.model()), plan.adapter(), Device.CPU);
    }

    /** One of them. */
    public Endpoint of(EndpointPlan plan) {
        return endpoints.orElseThrow().named(plan.name());
    }

    @Override
    public void close() {
        try {
            endpoints.ifPresent(Endpoints::close);
        } finally {
            store.ifPresent(Store::close);
        }
    }
}
