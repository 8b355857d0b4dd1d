package org.espalier.srpo.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.espalier.core.InputException;
import org.espalier.core.Progress;
import org.espalier.core.SurroundingsException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Processes of a group, each in a thread here, over real connections. */
@Timeout(60)
class SocketGroupTest {
    private static final Optional<String> SECRET = Optional.of("known to all");

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<ProcessGroup> open = new ArrayList<>();

    @AfterEach
    void close() {
        CompletableFuture.allOf(open.stream()
                        .map(group -> CompletableFuture.runAsync(group::close, threads))
                        .toArray(CompletableFuture[]::new))
                .join();
        threads.shutdownNow();
    }

    private static Membership member(int rank, int size, int port, Optional<String> secret) {
        return new Membership(rank, size, rank, size, "127.0.0.1", port, secret, true);
    }

    /** All members, by rank. */
    private List<ProcessGroup> group(int size) throws Exception {
        try (Meeting meeting = Meeting.open("127.0.0.1", 0, size, SECRET)) {
            List<Future<ProcessGroup>> others = new ArrayList<>();
            for (int rank = 1; rank < size; rank++) {
                Membership self = member(rank, size, meeting.port(), SECRET);
                others.add(threads.submit(() -> Joining.join(self)));
            }
            open.add(meeting.all(Progress.SILENT, () -> {}));
            for (Future<ProcessGroup> other : others) {
                open.add(other.get());
            }
            return open;
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void theFirstHearsEachAndIsHeardByAll() throws Exception {
        List<ProcessGroup> group = group(3);
        List<Future<byte[]>> others = new ArrayList<>();
        for (ProcessGroup other : group.subList(1, 3)) {
            others.add(threads.submit(() -> {
                assertThat(other.gather(bytes("from " + other.rank()))).isEmpty();
                return other.broadcast(new byte[0]);
            }));
        }
        assertThat(group.getFirst().gather(bytes("from 0")))
                .containsExactly(bytes("from 0"), bytes("from 1"), bytes("from 2"));
        group.getFirst().broadcast(bytes("to all"));
        for (Future<byte[]> other : others) {
            assertThat(other.get()).isEqualTo(bytes("to all"));
        }
    }

    @Test
    void whereOneFailsAllTheOthersHearWhy() throws Exception {
        List<ProcessGroup> group = group(3);
        Future<?> waiting = threads.submit(() -> group.get(2).receive(0, ByteBuffer.allocate(8)));
        group.get(1).fail(new InputException("the picture of question q7 is gone"));

        assertThatThrownBy(() -> group.getFirst().receive(1, ByteBuffer.allocate(8)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("process 1 of 3 (pid ")
                .hasMessageEndingWith("): the picture of question q7 is gone");
        assertThatThrownBy(waiting::get)
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(InputException.class)
                .hasMessageEndingWith("): the picture of question q7 is gone");
    }

    @Test
    void whoKnowsAnotherSecretIsNotLetIn() {
        try (Meeting meeting = Meeting.open("127.0.0.1", 0, 2, SECRET)) {
            Membership stranger = member(1, 2, meeting.port(), Optional.of("guessed"));
            waitFor(meeting);
            assertThatThrownBy(() -> Joining.join(stranger))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("knows another ESPALIER_SECRET");
        }
    }

    @Test
    void aRankThatIsTakenOrAnotherSizeIsRefused() throws Exception {
        try (Meeting meeting = Meeting.open("127.0.0.1", 0, 3, SECRET)) {
            waitFor(meeting);
            assertThatThrownBy(() -> Joining.join(member(1, 2, meeting.port(), SECRET)))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("WORLD_SIZE is 2 here, and 3 where RANK is 0");
            open.add(Joining.join(member(1, 3, meeting.port(), SECRET)));
            assertThatThrownBy(() -> Joining.join(member(1, 3, meeting.port(), SECRET)))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("another process came with RANK 1");
        }
    }

    /** Lets a meeting go on in a thread of its own. */
    private void waitFor(Meeting meeting) {
        threads.submit(() -> meeting.all(Progress.SILENT, () -> {}));
    }

    @Test
    void aStrangerThatSaysSomethingElseIsPassedOver() throws Exception {
        try (Meeting meeting = Meeting.open("127.0.0.1", 0, 2, SECRET);
                Socket stranger = new Socket("127.0.0.1", meeting.port())) {
            stranger.getOutputStream().write(bytes("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(20)));
            Membership self = member(1, 2, meeting.port(), SECRET);
            Future<ProcessGroup> other = threads.submit(() -> Joining.join(self));
            open.add(meeting.all(Progress.SILENT, () -> {}));
            open.add(other.get());
        }
        assertThat(open).hasSize(2);
    }

    @Test
    void aChildWhoseParentIsGoneEnds() {
        int port;
        try (Meeting meeting = Meeting.open("127.0.0.1", 0, 2, SECRET)) {
            port = meeting.port();
        }
        assertThatThrownBy(() -> Joining.join(member(1, 2, port, SECRET)))
                .isInstanceOf(SurroundingsException.class)
                .hasMessageContaining("is not to be found at 127.0.0.1, port " + port);
    }
}
