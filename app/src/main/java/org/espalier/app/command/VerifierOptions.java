package org.espalier.app.command;

import java.util.Optional;
import java.util.stream.Stream;
import org.espalier.core.InputException;
import org.espalier.core.Labelled;
import org.espalier.endpoint.plan.EndpointsFile;
import org.espalier.workflow.explore.VerifierChoice;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Who says that a path is correct (Eq. 3). */
final class VerifierOptions {
    private static final String AUTO = "auto";

    private static final String JUDGE = "judge";
    /** The exact rules of the data, of which the greenhouse's are the only ones that ship. */
    private static final String RULE = "rule";

    @Option(
            names = "--verifier",
            defaultValue = AUTO,
            paramLabel = "NAME",
            description =
                    "Who says that a path is correct: 'rule' (the exact rules of the data; 'greenhouse' is the same),"
                            + " 'answer' (the last step contains the answer), 'judge' (a model says whether it comes to the"
                            + " answer), or 'auto' (by the data: its rules, else 'answer').")
    private String verifier;

    @Mixin
    private JudgeVotes judges;

    /** The same, with the judges' answers in a database that several processes share, where one is named. */
    VerifierChoice choice(Optional<EndpointsFile> file, Optional<String> store) {
        VerifierChoice chosen = choice(file);
        return chosen instanceof VerifierChoice.Judge judge && store.isPresent() ? judge.sharing(store.get()) : chosen;
    }

    /** @throws InputException if one is named, and yet nothing is explored that it could judge */
    void requireUse(boolean explores) {
        if (!explores && !verifier.equals(AUTO)) {
            throw new InputException(
                    "--verifier has no effect without --refresh, since the trees are judged already: add"
                            + " that, or leave --verifier out");
        }
    }

    VerifierChoice choice(Optional<EndpointsFile> file) {
        if (verifier.equals(JUDGE)) {
            return judges.choice(file);
        }
        String label = verifier.equals(RULE) ? VerifierChoice.Shipped.GREENHOUSE.label() : verifier;
        return Labelled.find(VerifierChoice.Shipped.class, label)
                .orElseThrow(() -> Words.unknown(
                        "verifier",
                        verifier,
                        Stream.concat(Labelled.labels(VerifierChoice.Shipped.class).stream(), Stream.of(RULE, JUDGE))
                                .toList()));
    }
}
