package org.espalier.app.command;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.espalier.app.work.Desk;
import org.espalier.app.work.Rules;
import org.espalier.core.InputException;
import org.espalier.core.text.Nearest;
import org.espalier.greenhouse.data.Part;
import org.espalier.store.Store;

/** Reads words of a fixed list, and writes counts in words. */
final class Words {
    /** Says that everybody on the machine reads a password that stands in a command. */
    static void warnOfPassword(Optional<String> store, Desk desk) {
        store.filter(url -> !Store.shown(url).equals(url))
                .ifPresent(_ -> desk.say("The password in --store can be read by everybody who lists this machine's"
                        + " processes: leave it out and set the environment variable PGPASSWORD."));
    }

    private Words() {}

    static Part part(String label) {
        List<String> known = Arrays.stream(Part.values()).map(Part::label).toList();
        return Arrays.stream(Part.values())
                .filter(part -> part.label().equals(label))
                .findFirst()
                .orElseThrow(() -> unknown("part of the greenhouse", label, known));
    }

    static Rules rules(String label) {
        List<String> known = Arrays.stream(Rules.values()).map(Rules::label).toList();
        return Arrays.stream(Rules.values())
                .filter(rules -> rules.label().equals(label))
                .findFirst()
                .orElseThrow(() -> unknown("verifier", label, known));
    }

    /** As people read it: {@code 21 test, 129 train}. */
    static String counts(SortedMap<String, Integer> counts) {
        return counts.entrySet().stream()
                .map(count -> count.getValue() + " " + count.getKey())
                .collect(Collectors.joining(", "));
    }

    static InputException unknown(String what, String word, List<String> known) {
        return new InputException("there is no " + what + " '" + word + "': it is one of " + String.join(", ", known)
                + Nearest.suggestion(word, known));
    }
}
