package org.espalier.srpo.group;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.espalier.core.SurroundingsException;

/** A group whose processes talk over TCP; {@link Meeting} and {@link Joining} put it together. */
final class SocketGroup implements ProcessGroup {
    /** Why a connection broke is said on another one. */
    private static final Duration EXPLANATION = Duration.ofSeconds(2);

    private final String name;
    private final int rank;
    private final int size;
    private final SortedMap<Integer, Peer> peers;
    private final CountDownLatch broken = new CountDownLatch(1);
    private Optional<Parting> end = Optional.empty();
    private boolean left;

    private SocketGroup(String name, int rank, int size, Map<Integer, Peer> peers) {
        this.name = name;
        this.rank = rank;
        this.size = size;
        this.peers = new TreeMap<>(peers);
    }

    /**
     * Takes over the connections.
     *
     * @param name of this process, for people
     */
    static SocketGroup of(String name, int rank, int size, Map<Integer, Peer> peers) {
        SocketGroup group = new SocketGroup(name, rank, size, peers);
        try {
            for (Peer peer : group.peers.values()) {
                peer.watch(group::parted);
            }
        } catch (IOException e) {
            group.close();
            throw new SurroundingsException("a connection between processes failed: " + e.getMessage(), e);
        }
        return group;
    }

    /** One process has left. If that was not the end of the work, it is now. */
    private void parted(Parting why) {
        if (why.kind() == Parting.Kind.DONE || !remember(why)) {
            return;
        }
        tellOthers(why);
        peers.values().forEach(Peer::stopData);
        broken.countDown();
    }

    private synchronized boolean remember(Parting why) {
        boolean news = end.isEmpty() && !left;
        if (news) {
            end = Optional.of(why);
        }
        return news;
    }

    private synchronized Optional<Parting> end() {
        return end;
    }

    private void tellOthers(Parting why) {
        peers.values().forEach(peer -> peer.part(why));
    }

    @Override
    public int rank() {
        return rank;
    }

    @Override
    public int size() {
        return size;
    }

    private interface Talk {
        void with(Peer peer) throws IOException;
    }

    private void talk(int other, Talk talk) {
        check();
        Peer peer = Optional.ofNullable(peers.get(other))
                .orElseThrow(() -> new IllegalArgumentException("process " + rank + " does not talk with " + other));
        try {
            talk.with(peer);
        } catch (IOException e) {
            awaitExplanation();
            check();
            Parting why = Parting.lost(peer.name(), "was lost");
            parted(why);
            throw why.exception();
        }
    }

    private void awaitExplanation() {
        try {
            // What came of it is looked at afterwards.
            boolean unused = broken.await(EXPLANATION.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void send(int to, ByteBuffer bytes) {
        talk(to, peer -> peer.send(bytes));
    }

    @Override
    public void receive(int from, ByteBuffer into) {
        talk(from, peer -> peer.receive(into));
    }

    @Override
    public void check() {
        end().ifPresent(why -> {
            throw why.exception();
        });
    }

    @Override
    public void fail(RuntimeException why) {
        leave(Parting.of(why).of(name));
    }

    private void leave(Parting why) {
        List<Peer> all;
        synchronized (this) {
            left = true;
            all = List.copyOf(peers.values());
        }
        all.forEach(peer -> peer.part(why));
    }

    @Override
    public void close() {
        leave(Parting.DONE);
        peers.values().forEach(Peer::close);
    }
}
