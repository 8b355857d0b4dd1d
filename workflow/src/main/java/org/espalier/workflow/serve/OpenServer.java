package org.espalier.workflow.serve;

import java.util.Collection;
import java.util.List;
import org.espalier.model.LoadedModel;
import org.espalier.model.lora.Adapter;
import org.espalier.serve.ModelServer;

/** A server that listens until it is closed, its model and adapters with it. Thread-safe. */
public final class OpenServer implements AutoCloseable {
    private final ModelServer server;
    private final List<Adapter> adapters;
    private final LoadedModel model;

    OpenServer(ModelServer server, Collection<Adapter> adapters, LoadedModel model) {
        this.server = server;
        this.adapters = List.copyOf(adapters);
        this.model = model;
    }

    public ModelServer server() {
        return server;
    }

    @Override
    public void close() {
        server.close();
        adapters.forEach(Adapter::close);
        model.close();
    }
}
