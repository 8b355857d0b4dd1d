package org.espalier.ssui.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Work on several pictures at once; whole intakes are in {@link IntakeTest}. */
@Timeout(60)
class IntakeBatchTest {
    private final ExecutorService workers = Executors.newFixedThreadPool(2);

    @AfterEach
    void end() {
        workers.shutdownNow();
    }

    @Test
    void whoWantsItToStopIsHeardWithinAPieceOfWorkWhichIsInterrupted() throws InterruptedException {
        CountDownLatch interrupted = new CountDownLatch(1);

        assertThatThrownBy(() -> IntakeBatch.all(
                        workers, List.of("quick", "endless"), name -> worked(name, interrupted), done -> {
                            assertThat(done).isEqualTo(1);
                            throw new CancellationException("Ctrl-C");
                        }))
                .isInstanceOf(CancellationException.class)
                .hasMessage("Ctrl-C");
        interrupted.await();
    }

    private static String worked(String name, CountDownLatch interrupted) {
        if (name.equals("endless")) {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
        }
        return name;
    }

    @Test
    void whatFailsEndsItOnceAllIsDone() {
        AtomicInteger done = new AtomicInteger();

        assertThatThrownBy(() -> IntakeBatch.all(
                        workers,
                        List.of(1, 2, 3, 4, 5),
                        number -> {
                            if (number == 1) {
                                throw new IllegalArgumentException("number 1");
                            }
                            return done.incrementAndGet();
                        },
                        heard -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("number 1");
        assertThat(done).hasValue(4);
    }

    @Test
    void resultsComeInTheOrderOfTheirWork() {
        assertThat(IntakeBatch.all(workers, List.of(1, 2, 3), number -> number * 10, heard -> {}))
                .containsExactly(10, 20, 30);
    }
}
