package org.espalier.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

class SideBySideTest {
    private final SideBySide two = new SideBySide(2, "test");

    @Test
    void resultsAreInTheOrderOfThePiecesWhicheverIsDoneFirst() {
        CountDownLatch second = new CountDownLatch(1);
        List<Integer> results = two.each(3, i -> {
            if (i == 0) {
                join(second);
            } else {
                second.countDown();
            }
            return 10 * i;
        });
        assertThat(results).containsExactly(0, 10, 20);
    }

    @Test
    void oneThatFailsIsToldWhenAllAreDone() {
        AtomicInteger done = new AtomicInteger();
        CountDownLatch failed = new CountDownLatch(1);
        assertThatThrownBy(() -> two.each(4, i -> {
                    if (i == 0) {
                        failed.countDown();
                        throw new IllegalArgumentException("the first one");
                    }
                    join(failed);
                    return done.incrementAndGet();
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the first one");
        assertThat(done).hasValue(3);
    }

    @Test
    void eachPieceHasOneNativeThreadAndAfterwardsThereAreAsManyAsBefore() {
        try (NativeThreads before = NativeThreads.of(2)) {
            assertThat(two.each(2, _ -> torch.get_num_threads())).containsExactly(1, 1);
            assertThat(torch.get_num_threads()).isEqualTo(2);
        }
    }

    @Test
    void noMoreAreAtWorkAtOnceThanThereIsMemoryFor() {
        AtomicInteger atWork = new AtomicInteger();
        List<Integer> seen = two.each(6, 1, i -> {
            int now = atWork.incrementAndGet();
            Thread.yield();
            atWork.decrementAndGet();
            return now;
        });
        assertThat(seen).containsExactly(1, 1, 1, 1, 1, 1);
    }

    private static void join(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
