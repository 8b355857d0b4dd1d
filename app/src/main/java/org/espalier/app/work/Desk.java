package org.espalier.app.work;

import java.util.function.UnaryOperator;
import org.espalier.app.console.Screen;
import org.espalier.core.Progress;

/**
 * Where work speaks.
 *
 * @param progress how far it has come; may throw {@link java.util.concurrent.CancellationException} to stop the work
 */
public record Desk(Screen screen, UnaryOperator<Progress> heard, Progress progress) {
    /**
     * A desk.
     *
     * @param heard makes of a progress one that may throw, to stop the work
     */
    public Desk(Screen screen, UnaryOperator<Progress> heard) {
        this(screen, heard, heard.apply(screen.progress()));
    }

    /** Says what a person asked for. */
    public void say(String line) {
        screen.say(line);
    }

    /** The same desk for a stage of the work, whose progress is told by the stage's name. */
    Desk named(String stage) {
        return new Desk(
                screen,
                heard,
                (name, done, total, note) ->
                        progress.at(stage.startsWith(name) ? stage : stage + ": " + name, done, total, note));
    }

    /**
     * A desk for work that goes on at the same time.
     *
     * @param stopped likewise, besides what stops all work
     */
    Desk beside(UnaryOperator<Progress> stopped) {
        UnaryOperator<Progress> both = progress -> stopped.apply(heard.apply(progress));
        return new Desk(screen, both);
    }
}
