package org.espalier.app.config;

import java.util.LinkedHashSet;
import java.util.Set;
import org.espalier.core.InputException;

/** Everything that is wrong with the settings of one command, told together. */
final class Trouble {
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
            throw new InputException(problems.size() + " settings are wrong:\n  " + String.join("\n  ", problems));
        }
    }
}
