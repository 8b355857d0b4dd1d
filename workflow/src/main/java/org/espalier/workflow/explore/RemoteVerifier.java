package org.espalier.workflow.explore;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.espalier.core.InputException;
import org.espalier.endpoint.plan.EndpointPlan;
import org.espalier.endpoint.plan.EndpointsFile;
import org.espalier.store.Store;

/** Who says in another process whether a path ends well. */
sealed interface RemoteVerifier extends Serializable {
    /** The same choice, in that process. */
    VerifierChoice choice();

    /**
     * As another process is told of a choice.
     *
     * @throws InputException if it can be made in this process alone
     */
    static RemoteVerifier of(VerifierChoice choice) {
        return switch (choice) {
            case VerifierChoice.Shipped shipped -> new Rules(shipped);
            case VerifierChoice.Judge judge -> Judges.of(judge);
            case VerifierChoice.Named(String label, var _) ->
                throw new InputException("the verifier '" + label + "' is this program's own, which processes of other"
                        + " machines do not have: leave --on out");
        };
    }

    /** One that Espalier brings. */
    record Rules(VerifierChoice.Shipped choice) implements RemoteVerifier {}

    /**
     * Judges, whose answers all processes keep in one journal.
     *
     * @param names of the endpoints, in the order in which they are asked
     * @param endpoints as {@link EndpointsFile#text} has them
     * @param store of PostgreSQL
     */
    record Judges(List<String> names, String endpoints, int votes, String store) implements RemoteVerifier {
        static Judges of(VerifierChoice.Judge judge) {
            String store = judge.store()
                    .orElseThrow(() -> new InputException("processes of several machines ask the judges, and share"
                            + " a journal, so that no answer is paid for twice: name a PostgreSQL database with --store"
                            + " jdbc:postgresql://HOST/NAME"));
            return new Judges(
                    judge.plans().stream().map(EndpointPlan::name).toList(),
                    EndpointsFile.of(judge.plans()).text(),
                    judge.votes(),
                    store);
        }

        @Override
        public VerifierChoice choice() {
            EndpointsFile file = EndpointsFile.parse(endpoints);
            return new VerifierChoice.Judge(names.stream().map(file::named).toList(), votes, Optional.of(store));
        }

        /** Without the password that the store's address may hold. */
        @Override
        public String toString() {
            return "judges " + String.join(", ", names) + " with " + Store.shown(store);
        }
    }
}
