package org.espalier.app.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.espalier.core.Progress;
import org.junit.jupiter.api.Test;

class InterruptionTest {
    private final List<Long> heard = new ArrayList<>();
    private final Interruption interruption = new Interruption();
    private final Progress progress = interruption.heard((name, done, total, note) -> heard.add(done));

    @Test
    void letsWorkGoOnUntilItIsAskedToStop() {
        progress.at("work", 1, 3, "");
        interruption.over();
        assertThat(interruption.stop()).as("the work has stopped").isTrue();

        assertThatThrownBy(() -> progress.at("work", 2, 3, "")).isInstanceOf(CancellationException.class);
        assertThat(heard).containsExactly(1L);
    }

    @Test
    void saysSoWhereWorkDidNotStopInTime() {
        List<String> said = new ArrayList<>();
        new Interruption(Duration.ofMillis(10)).end(() -> said.add("late"));
        assertThat(said).containsExactly("late");

        interruption.over();
        interruption.end(() -> said.add("in time"));
        Interruption waiting = new Interruption(Duration.ofMillis(10));
        waiting.resting(true);
        waiting.end(() -> said.add("nothing was under way"));
        assertThat(said).containsExactly("late");
    }
}
