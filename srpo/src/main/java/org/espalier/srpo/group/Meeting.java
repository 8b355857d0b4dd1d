package org.espalier.srpo.group;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.espalier.core.Progress;
import org.espalier.core.SurroundingsException;
import org.espalier.srpo.group.Handshake.Hello;
import org.espalier.srpo.group.Handshake.Use;

/** Where the first process of a group waits for the others. */
public final class Meeting implements AutoCloseable {
    /** As long as torchrun's processes wait for each other. */
    static final Duration PATIENCE = Duration.ofMinutes(5);

    /** Processes of one machine are there after this; nobody need be told. */
    private static final Duration USUAL = Duration.ofSeconds(3);

    private static final String WAITING = "wait for processes";
    private static final Duration LOOK = Duration.ofMillis(200);

    private final ServerSocket server;
    private final int size;
    private final Handshake handshake;
    private final Map<Integer, Map<Use, Socket>> come = new TreeMap<>();
    private final Map<Integer, String> names = new TreeMap<>();

    private Meeting(ServerSocket server, int size, Handshake handshake) {
        this.server = server;
        this.size = size;
        this.handshake = handshake;
    }

    /**
     * Listens.
     *
     * @param host an address of this machine
     * @param port 0 for one that is free
     * @param size of the group
     * @throws SurroundingsException if it cannot
     */
    public static Meeting open(String host, int port, int size, Optional<String> secret) {
        try {
            ServerSocket server = new ServerSocket();
            try {
                server.setReuseAddress(true);
                server.bind(new InetSocketAddress(InetAddress.getByName(host), port), 2 * size);
                server.setSoTimeout((int) LOOK.toMillis());
            } catch (IOException e) {
                server.close();
                throw e;
            }
            return new Meeting(server, size, new Handshake(secret));
        } catch (IOException e) {
            throw new SurroundingsException(
                    "the process of rank 0 cannot listen at " + host + ", port " + port + " (" + e.getMessage()
                            + "): MASTER_ADDR must be an address of the machine that it runs on, and MASTER_PORT free there",
                    e);
        }
    }

    public int port() {
        return server.getLocalPort();
    }

    /**
     * Waits until all have come.
     *
     * @param check asked now and then; throws where somebody will not come
     * @throws SurroundingsException if somebody does not come within five minutes
     */
    public ProcessGroup all(Progress progress, Runnable check) {
        long begun = System.nanoTime();
        boolean told = false;
        while (complete() < size - 1) {
            check.run();
            told |= System.nanoTime() - begun > USUAL.toNanos();
            if (told) {
                progress.at(WAITING, complete() + 1L, size, "");
            }
            if (System.nanoTime() - begun > PATIENCE.toNanos()) {
                throw new SurroundingsException("of " + size + " processes " + missing() + " did not come to "
                        + server.getInetAddress().getHostAddress() + ", port " + port() + ", within "
                        + PATIENCE.toMinutes() + " minutes: start them with the same MASTER_ADDR and MASTER_PORT");
            }
            try {
                take(server.accept());
            } catch (SocketTimeoutException e) {
                // Nobody came in this moment.
            } catch (IOException e) {
                throw new SurroundingsException("the process of rank 0 cannot listen any more: " + e.getMessage(), e);
            }
        }
        if (told) {
            progress.at(WAITING, size, size, "");
        }
        Map<Integer, Peer> peers = new TreeMap<>();
        come.forEach((rank, sockets) -> peers.put(rank, peer(rank, sockets)));
        come.clear();
        return SocketGroup.of(name(0, size), 0, size, peers);
    }

    private Peer peer(int rank, Map<Use, Socket> sockets) {
        String name = name(rank, size) + " (" + names.get(rank) + ")";
        return new Peer(
                name, Objects.requireNonNull(sockets.get(Use.CONTROL)), Objects.requireNonNull(sockets.get(Use.DATA)));
    }

    /** Of a process, for people. */
    static String name(int rank, int size) {
        return "process " + rank + " of " + size;
    }

    private long complete() {
        return come.values().stream()
                .filter(sockets -> sockets.size() == Use.values().length)
                .count();
    }

    private String missing() {
        return IntStream.range(1, size)
                .filter(rank -> !come.containsKey(rank))
                .limit(8)
                .mapToObj(rank -> "rank " + rank)
                .collect(Collectors.joining(", "));
    }

    private void take(Socket socket) throws IOException {
        try {
            Hello hello = handshake.hear(socket);
            String refusal = refusal(hello);
            Handshake.answer(socket, refusal);
            if (refusal.isEmpty()) {
                names.put(hello.rank(), hello.where());
                come.computeIfAbsent(hello.rank(), _ -> new EnumMap<>(Use.class))
                        .put(hello.use(), socket);
                return;
            }
        } catch (IOException e) {
            // A stranger, or one that comes again.
        }
        socket.close();
    }

    private String refusal(Hello hello) {
        if (hello.size() != size) {
            return "WORLD_SIZE is " + hello.size() + " here, and " + size + " where RANK is 0";
        }
        if (hello.rank() < 1 || hello.rank() >= size) {
            return "there is no place for RANK " + hello.rank() + " in a group of " + size;
        }
        if (come.getOrDefault(hello.rank(), Map.of()).containsKey(hello.use())) {
            return "another process came with RANK " + hello.rank() + ": each needs one of its own";
        }
        return "";
    }

    /** Nobody else may come; those that have come stay. */
    @Override
    public void close() {
        try {
            server.close();
            for (Map<Use, Socket> sockets : come.values()) {
                for (Socket socket : sockets.values()) {
                    socket.close();
                }
            }
        } catch (IOException e) {
            // It ends with the process.
        }
    }
}
