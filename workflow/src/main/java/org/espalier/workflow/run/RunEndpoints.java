package org.espalier.workflow.run;

import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.espalier.core.InputException;
import org.espalier.core.Progress;
import org.espalier.endpoint.Endpoint;
import org.espalier.endpoint.Endpoints;
import org.espalier.endpoint.plan.EndpointPlan;
import org.espalier.endpoint.plan.EndpointsFile;
import org.espalier.store.Store;

/** The endpoints of a run, over the journal in its folder: no answer is paid for twice. Close it after the last call. Thread-safe. */
public final class RunEndpoints implements AutoCloseable {
    /** The folder of a run in which batches are kept while they are under way. */
    private static final String BATCHES = "batches";

    private final Store store;
    private final Endpoints endpoints;

    private RunEndpoints(Store store, Endpoints endpoints) {
        this.store = store;
        this.endpoints = endpoints;
    }

    /**
     * Opens them.
     *
     * @param plans each under a name of its own
     * @throws InputException if two have one name, or a key is not where its plan says
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
        TreeMap<String, EndpointPlan> named = new TreeMap<>();
        for (EndpointPlan plan : plans) {
            EndpointPlan other = named.put(plan.name(), plan);
            if (other != null && !other.equals(plan)) {
                throw new InputException("two endpoints are called '" + plan.name() + "': give each its own name");
            }
        }
        plans.forEach(Endpoints::key);
        Store store = Store.inFolder(folder);
        Endpoints endpoints = Endpoints.open(new EndpointsFile(named, new TreeMap<>()), store);
        return new RunEndpoints(store, able.apply(endpoints, folder));
    }

    /** One of them. */
    public Endpoint of(EndpointPlan plan) {
        return endpoints.named(plan.name());
    }

    @Override
    public void close() {
        try (store) {
            endpoints.close();
        }
    }
}
