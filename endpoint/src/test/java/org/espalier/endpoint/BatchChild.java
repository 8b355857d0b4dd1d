package org.espalier.endpoint;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.espalier.core.Progress;
import org.espalier.core.Sampling;
import org.espalier.core.Turn;
import org.espalier.endpoint.plan.EndpointPlan;
import org.espalier.endpoint.plan.EndpointsFile;
import org.espalier.store.Store;

/** Asks many questions in batches, in a process of its own, and says how many were answered. */
final class BatchChild {
    private BatchChild() {}

    static EndpointRequest ask(String words) {
        return new EndpointRequest(
                words,
                List.of(new Turn(Turn.Role.USER, List.of(), words)),
                Sampling.at(0, 100, 0),
                0,
                Optional.empty());
    }

    public static void main(String[] words) {
        EndpointPlan plan = EndpointPlan.at(words[0], "m", Optional.empty()).batched();
        TreeMap<String, EndpointPlan> plans = new TreeMap<>();
        plans.put(plan.name(), plan);
        Path folder = Path.of(words[1]);
        try (Store store = Store.inFolder(folder);
                Endpoints endpoints = Endpoints.open(new EndpointsFile(plans, new TreeMap<>()), store)
                        .batching(folder.resolve("batches"), Progress.SILENT)) {
            Endpoint endpoint = endpoints.named(plan.name());
            long said = ParallelCalls.all(IntStream.range(0, Integer.parseInt(words[2]))
                            .<Callable<Boolean>>mapToObj(
                                    i -> () -> endpoint.ask(ask("question " + i)) instanceof EndpointAnswer.Said)
                            .toList())
                    .stream()
                    .filter(it -> it)
                    .count();
            System.out.println("answered " + said);
        }
    }
}
