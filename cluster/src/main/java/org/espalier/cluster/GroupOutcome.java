package org.espalier.cluster;

import java.io.Serializable;
import java.util.List;
import org.espalier.core.InputException;
import org.espalier.core.SurroundingsException;

/** What came of a group in an executor; what was refused there is refused here in the same words. */
sealed interface GroupOutcome extends Serializable {
    record Done(List<String> lines) implements GroupOutcome {}

    record Refused(String sentence) implements GroupOutcome {}

    record Stopped(String sentence) implements GroupOutcome {}

    /** @throws RuntimeException what the work threw */
    default List<String> lines() {
        return switch (this) {
            case Done(List<String> done) -> done;
            case Refused(String sentence) -> throw new InputException(sentence);
            case Stopped(String sentence) -> throw new SurroundingsException(sentence);
        };
    }
}
