package org.espalier.workflow.internal;

import java.util.List;
import java.util.function.IntConsumer;
import org.espalier.core.work.GroupWork;
import org.espalier.model.generate.LocalModel;
import org.espalier.tensor.NativeThreads;
import org.espalier.workflow.run.RunEndpoints;

/** Work by a model that is closed with it, on so many threads as long as it is open, with the judges that it asks. */
public final class OpenWork implements GroupWork {
    private final GroupWork work;
    private final LocalModel model;
    private final RunEndpoints judges;
    private final NativeThreads before;

    /**
     * @param model opened as {@code remote} says
     * @param judges closed with it too
     */
    public OpenWork(GroupWork work, LocalModel model, RemoteModel remote, RunEndpoints judges) {
        this.work = work;
        this.model = model;
        this.judges = judges;
        before = remote.nativeThreads();
    }

    @Override
    public List<String> lines(int group, IntConsumer heard) {
        return work.lines(group, heard);
    }

    @Override
    public void close() {
        try (judges) {
            model.close();
            before.close();
        }
    }
}
