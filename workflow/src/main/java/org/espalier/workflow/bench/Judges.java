package org.espalier.workflow.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.espalier.core.Arbiter;
import org.espalier.core.InputException;
import org.espalier.core.SsuiSample;
import org.espalier.core.file.Json;
import org.espalier.endpoint.plan.EndpointPlan;
import org.espalier.greenhouse.path.GreenhouseRules;
import org.espalier.greenhouse.world.WorldFile;
import org.espalier.workflow.internal.EndpointJudge;
import tools.jackson.databind.JsonNode;

/** Who judges. */
public sealed interface Judges {
    /** Nobody was named: the greenhouse's rules judge its own data. */
    record Rules() implements Judges {
        /**
         * The rules of some data.
         *
         * @throws InputException if there are none
         */
        static Arbiter of(List<SsuiSample> samples, Path data) {
            if (!GreenhouseRules.applyTo(samples)) {
                throw new InputException(
                        data + " is not data of the greenhouse, whose rules say which paths are safe and"
                                + " effective: name a judge with --judge URL --judge-model NAME");
            }
            return new GreenhouseRules(WorldFile.load());
        }
    }

    /** Models; several vote. */
    record Models(List<EndpointPlan> plans) implements Judges {
        public Models {
            plans = List.copyOf(plans);
        }
    }

    /** Verdicts from a file. */
    record Imported(Path file) implements Judges {}

    /** The same, models asked in batches. */
    default Judges batched() {
        return this instanceof Models(List<EndpointPlan> plans)
                ? new Models(plans.stream().map(EndpointPlan::batched).toList())
                : this;
    }

    /** The endpoints among them. */
    default List<EndpointPlan> plans() {
        return this instanceof Models(List<EndpointPlan> plans) ? plans : List.of();
    }

    /** The models that the servers of a run said they had judged with; empty where none says. */
    default Optional<JsonNode> answeredAs(Path run) {
        return JudgeJournal.of(run, words())
                .map(JudgeJournal::answeredAs)
                .filter(names -> !names.isEmpty())
                .map(Json::tree);
    }

    /** As the protocol has it: names with snapshots, and how they choose tokens. */
    default List<String> words() {
        return switch (this) {
            case Rules _ -> List.of("the greenhouse's rules");
            case Models(List<EndpointPlan> plans) ->
                plans.stream()
                        .map(plan -> plan.model() + ", " + EndpointJudge.DECODING)
                        .toList();
            case Imported(Path file) -> List.of("verdicts imported from a file");
        };
    }
}
