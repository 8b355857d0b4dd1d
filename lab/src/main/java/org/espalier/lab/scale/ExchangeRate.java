package org.espalier.lab.scale;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.espalier.core.Progress;
import org.espalier.srpo.group.Joining;
import org.espalier.srpo.group.Meeting;
import org.espalier.srpo.group.Membership;
import org.espalier.srpo.group.ProcessGroup;

/**
 * Gradients sent to process 0 and parameters sent back, over the connections that trainings have, both ends on this machine.
 *
 * @param numbers of a gradient, four bytes each
 * @param rounds of which the fastest counts
 */
public record ExchangeRate(int numbers, int rounds) {
    private static final String HERE = "127.0.0.1";
    private static final int WARM_UPS = 3;

    /** Seconds from the first byte of a gradient to the last one of the parameters. */
    public double seconds() throws InterruptedException {
        ExecutorService other = Executors.newSingleThreadExecutor();
        try (Meeting meeting = Meeting.open(HERE, 0, 2, Optional.empty())) {
            Membership second = new Membership(1, 2, 1, 2, HERE, meeting.port(), Optional.empty(), false);
            Future<?> answering = other.submit(() -> answer(second));
            try (ProcessGroup group = meeting.all(Progress.SILENT, () -> {})) {
                ByteBuffer bytes = ByteBuffer.allocateDirect(Float.BYTES * numbers);
                double best = Double.POSITIVE_INFINITY;
                for (int i = 0; i < WARM_UPS + rounds; i++) {
                    long start = System.nanoTime();
                    group.receive(1, bytes.clear());
                    group.send(1, bytes.clear());
                    double took = (System.nanoTime() - start) / 1e9;
                    best = i < WARM_UPS ? best : Math.min(best, took);
                }
                answering.get();
                return best;
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            other.shutdownNow();
        }
    }

    private void answer(Membership self) {
        try (ProcessGroup group = Joining.join(self)) {
            ByteBuffer bytes = ByteBuffer.allocateDirect(Float.BYTES * numbers);
            for (int i = 0; i < WARM_UPS + rounds; i++) {
                group.send(0, bytes.clear());
                group.receive(0, bytes.clear());
            }
        }
    }
}
