package org.espalier.store.work;

import java.util.List;

/** Independent pieces of work, each named by an id. The store holds which of them are finished. Thread-safe. */
public interface Tasks {
    /** Every task, in the order in which they are to be started. */
    List<String> ids();

    /** Those of {@code ids} that are not finished, in their order. */
    List<String> unfinished(List<String> ids);

    /**
     * Works on one task until it is finished, on a virtual thread of its own. Another process may have finished it
     * meanwhile, and after a crash it starts from its beginning: it looks first, and writes only what may be written
     * twice. Whatever it throws ends the run of this process and leaves the task unfinished.
     *
     * @param stop to be checked between calls, so that a run that is to stop begins no further call
     * @throws InterruptedException when the run stops; the task stays unfinished
     */
    void run(String id, StopSignal stop) throws InterruptedException;
}
