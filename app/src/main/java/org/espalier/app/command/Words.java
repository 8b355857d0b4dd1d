package org.espalier.app.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.espalier.core.InputException;
import org.espalier.core.Labelled;
import org.espalier.core.file.RunFolder;
import org.espalier.core.text.Nearest;
import org.espalier.store.Store;

/** Reads words of a fixed list, and writes counts in words. */
final class Words {
    /**
     * Refuses a password in the address of a store.
     *
     * @throws InputException if there is one: everybody on the machine reads it as long as the command runs
     */
    static void refusePassword(Optional<String> store) {
        if (store.filter(url -> !Store.shown(url).equals(url)).isPresent()) {
            throw new InputException(
                    "--store holds a password, which everybody who lists this machine's processes can read:"
                            + " leave it out and set the environment variable PGPASSWORD");
        }
    }

    private Words() {}

    /** The constant that a word stands for. */
    static <E extends Enum<E> & Labelled> E choice(Class<E> kind, String what, String word) {
        return Labelled.find(kind, word).orElseThrow(() -> unknown(what, word, Labelled.labels(kind)));
    }

    /** What a dry run says of a run folder; empty where there is nothing to say. */
    static List<String> found(Path out, RunFolder.Found found) {
        return switch (found) {
            case NOTHING -> List.of();
            case STARTED -> List.of("  " + out + " holds this run, not finished: it would be resumed.");
            case FINISHED -> List.of("  " + out + " holds this run, finished: nothing would be done again.");
        };
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
