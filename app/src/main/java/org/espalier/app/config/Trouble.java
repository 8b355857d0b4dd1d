package org.espalier.app.config;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.espalier.core.InputException;

/** Everything that is wrong with the settings of one command, told together. */
final class Trouble {
    /** How many are spelt out; the rest are counted. */
    private static final int SHOWN = 20;

    private final Set<String> problems = new LinkedHashSet<>();

    void add(String place, String problem) {
        problems.add(place + ": " + problem);
    }

    /** Throws if anything was noted. */
    void throwIfAny() {
        if (problems.size() == 1) {
            throw new InputException(problems.iterator().next());
        }
        if (!problems.isEmpty()) {
            String more = problems.size() > SHOWN ? "\n  and " + (problems.size() - SHOWN) + " more" : "";
            throw new InputException(problems.size() + " settings are wrong:\n  "
                    + problems.stream().limit(SHOWN).collect(Collectors.joining("\n  ")) + more);
        }
    }
}
