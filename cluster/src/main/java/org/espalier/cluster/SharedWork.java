package org.espalier.cluster;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.spark.TaskContext;
import org.apache.spark.resource.ResourceInformation;
import org.espalier.core.InputException;
import org.espalier.core.SurroundingsException;
import org.espalier.core.work.GroupTask;
import org.espalier.core.work.GroupWork;
import org.jspecify.annotations.Nullable;

/** Work that each executor opens once, for all of its groups: broadcast, it is one object in each of their processes. */
final class SharedWork implements Serializable {
    private final GroupTask task;
    private transient @Nullable GroupWork work;

    SharedWork(GroupTask task) {
        this.task = task;
    }

    synchronized GroupOutcome outcome(int group) {
        try {
            GroupWork open = work;
            if (open == null) {
                open = task.open(gpu());
                work = open;
            }
            List<String> lines = open.lines(group, _ -> {});
            return new GroupOutcome.Done(new ArrayList<>(lines));
        } catch (InputException e) {
            return new GroupOutcome.Refused(String.valueOf(e.getMessage()));
        } catch (SurroundingsException e) {
            return new GroupOutcome.Stopped(String.valueOf(e.getMessage()));
        }
    }

    /** The one that Spark gave to the task. */
    private static OptionalInt gpu() {
        Map<String, ResourceInformation> given = TaskContext.get().resourcesJMap();
        ResourceInformation gpus = given.get("gpu");
        return gpus == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(gpus.addresses()[0]));
    }
}
