package org.espalier.app.command;

import java.util.List;
import java.util.function.Consumer;
import org.espalier.core.Progress;

/**
 * Commands below {@code perf}, from a room that this one does not see because it is not handed out. Found through {@link
 * java.util.ServiceLoader}.
 */
public interface CommandSource {
    /**
     * Objects that picocli takes for commands.
     *
     * @param say prints a line that was asked for
     * @param progress of the work; may throw to stop it
     */
    List<Object> commands(Consumer<String> say, Progress progress);
}
