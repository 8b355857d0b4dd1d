package org.espalier.workflow.studio;

import java.net.URI;
import java.util.List;
import org.espalier.store.Store;
import org.espalier.studio.Studio;

/** A studio that listens until it is closed, its stores with it. Thread-safe. */
public final class OpenStudio implements AutoCloseable {
    private final StudioSession.Plan opened;
    private final Studio studio;
    private final List<Store> stores;

    OpenStudio(StudioSession.Plan opened, Studio studio, List<Store> stores) {
        this.opened = opened;
        this.studio = studio;
        this.stores = List.copyOf(stores);
    }

    /** What is in it. */
    public StudioSession.Plan opened() {
        return opened;
    }

    /** Where it listens, with the token that lets people in. */
    public URI address() {
        return studio.address();
    }

    /** Requests so far. */
    public long answered() {
        return studio.answered();
    }

    @Override
    public void close() {
        studio.close();
        stores.forEach(Store::close);
    }
}
