package org.espalier.endpoint;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.espalier.core.ChatModel;
import org.espalier.core.InputException;
import org.espalier.core.Progress;
import org.espalier.endpoint.internal.Secret;
import org.espalier.endpoint.plan.EndpointPlan;
import org.espalier.endpoint.plan.EndpointsFile;
import org.espalier.endpoint.wire.Provider;
import org.espalier.store.Store;

/**
 * The endpoints of a file, each opened when it is first wanted, over one store, which stays its owner's. Several threads may
 * ask them at once.
 */
public final class Endpoints implements AutoCloseable {
    private final EndpointsFile file;
    private final Store store;
    private final Function<EndpointPlan, ChatModel> local;
    private final Map<String, Endpoint> open = new HashMap<>();
    private final List<AutoCloseable> toClose = new ArrayList<>();
    private Function<EndpointPlan, BatchEndpoint> batchDesk = plan -> {
        throw new InputException("endpoint " + plan.name()
                + " is asked in batches, which benchmarks alone do: leave 'batch' out for this");
    };

    private Endpoints(EndpointsFile file, Store store, Function<EndpointPlan, ChatModel> local) {
        this.file = file;
        this.store = store;
        this.local = local;
    }

    /** Endpoints over HTTP alone. The store's journal is asked before any server is. */
    public static Endpoints open(EndpointsFile file, Store store) {
        return open(file, store, plan -> {
            throw new InputException("endpoint " + plan.name() + " is a local checkpoint, which cannot be used here");
        });
    }

    /** @param local opens the checkpoint of a plan; what it gives is closed with the endpoints where it can be */
    public static Endpoints open(EndpointsFile file, Store store, Function<EndpointPlan, ChatModel> local) {
        return new Endpoints(file, store, local);
    }

    /** What an endpoint would be like, without its key and without asking it anything. */
    public static Endpoint planned(EndpointPlan plan) {
        return new Planned(plan);
    }

    private record Planned(EndpointPlan plan) implements Endpoint {
        @Override
        public EndpointAnswer ask(EndpointRequest ask) {
            throw new IllegalStateException("a planned endpoint is not asked");
        }
    }

    /**
     * The endpoint that an agent asks, such as {@code query}, or the {@code judge}.
     *
     * @throws InputException if there is none, or its key is not where the file says
     */
    public Endpoint of(String agent) {
        return named(file.endpointOf(agent).name());
    }

    /**
     * The endpoint of this name.
     *
     * @throws InputException if there is none, or its key is not where the file says
     */
    public synchronized Endpoint named(String name) {
        Endpoint known = open.get(name);
        if (known != null) {
            return known;
        }
        EndpointPlan plan = file.endpoints().get(name);
        if (plan == null) {
            throw new InputException("there is no endpoint '" + name + "': the file describes "
                    + String.join(", ", file.endpoints().keySet()));
        }
        Endpoint opened = plan.provider() == Provider.LOCAL ? local(plan) : remote(plan);
        open.put(name, opened);
        return opened;
    }

    /**
     * The same, able to ask in batches.
     *
     * @param folder for what must be known of batches that are under way, by whoever goes on with them
     * @param progress hears how far they are
     */
    public Endpoints batching(Path folder, Progress progress) {
        batchDesk = plan -> new BatchEndpoint(plan, store, key(plan), folder, progress);
        return this;
    }

    private Endpoint remote(EndpointPlan plan) {
        if (plan.batch()) {
            BatchEndpoint batch = batchDesk.apply(plan);
            toClose.add(batch);
            return batch;
        }
        RemoteEndpoint remote = new RemoteEndpoint(plan, store, key(plan));
        toClose.add(remote);
        return remote;
    }

    /**
     * The key of an endpoint, to be looked for before anything starts that needs it.
     *
     * @throws InputException naming the endpoint if the key is not where its plan says
     */
    public static Secret key(EndpointPlan plan) {
        try {
            return plan.key().read(System.getenv());
        } catch (InputException e) {
            throw new InputException("endpoint " + plan.name() + ": " + e.getMessage(), e);
        }
    }

    private Endpoint local(EndpointPlan plan) {
        ChatModel model = local.apply(plan);
        if (model instanceof AutoCloseable closeable) {
            toClose.add(closeable);
        }
        return new LocalEndpoint(plan, store, model);
    }

    /** Closes connections and models; the store stays open. */
    @Override
    public synchronized void close() {
        for (AutoCloseable one : toClose) {
            try {
                one.close();
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
        toClose.clear();
        open.clear();
    }
}
