package org.espalier.workflow.internal;

import java.util.List;
import java.util.function.IntConsumer;
import org.espalier.core.work.GroupWork;
import org.espalier.model.generate.LocalModel;
import org.espalier.tensor.NativeThreads;

/** Work by a model that is closed with it, on so many threads as long as it is open. */
public final class OpenWork implements GroupWork {
    private final GroupWork work;
    private final LocalModel model;
    private final NativeThreads before;

    /** @param threads of a product */
    public OpenWork(GroupWork work, LocalModel model, int threads) {
        this.work = work;
        this.model = model;
        before = NativeThreads.of(threads);
    }

    @Override
    public List<String> lines(int group, IntConsumer heard) {
        return work.lines(group, heard);
    }

    @Override
    public void close() {
        model.close();
        before.close();
    }
}
