package org.espalier.srpo.group;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import org.espalier.core.SurroundingsException;
import org.espalier.srpo.group.Handshake.Hello;
import org.espalier.srpo.group.Handshake.Use;

/** How a process that is not the first comes into its group. */
public final class Joining {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(250);

    private Joining() {}

    /**
     * Finds the first process, which may come later than this one.
     *
     * @throws org.espalier.core.InputException if it does not take this one
     * @throws SurroundingsException if it does not come within five minutes; if it started this one, at once
     */
    public static ProcessGroup join(Membership self) {
        String where = "pid " + ProcessHandle.current().pid() + (self.child() ? "" : " on " + machine());
        Socket control = connected(self, Use.CONTROL, where);
        try {
            Peer first = new Peer(Meeting.name(0, self.size()), control, connected(self, Use.DATA, where));
            return SocketGroup.of(
                    Meeting.name(self.rank(), self.size()) + " (" + where + ")",
                    self.rank(),
                    self.size(),
                    Map.of(0, first));
        } catch (RuntimeException e) {
            close(control);
            throw e;
        }
    }

    private static Socket connected(Membership self, Use use, String where) {
        long deadline = System.nanoTime() + Meeting.PATIENCE.toNanos();
        while (true) {
            Socket socket = new Socket();
            try {
                socket.connect(new InetSocketAddress(InetAddress.getByName(self.host()), self.port()), (int)
                        CONNECT.toMillis());
                new Handshake(self.secret()).introduce(socket, new Hello(use, self.rank(), self.size(), where));
                return socket;
            } catch (IOException e) {
                close(socket);
                if (System.nanoTime() > deadline || self.child() && e instanceof ConnectException) {
                    throw new SurroundingsException(
                            "the process of rank 0 is not to be found at " + self.host() + ", port " + self.port()
                                    + " (" + e.getMessage() + "): start it too, and see that MASTER_ADDR and"
                                    + " MASTER_PORT are its own",
                            e);
                }
                rest();
            } catch (RuntimeException e) {
                close(socket);
                throw e;
            }
        }
    }

    private static void rest() {
        try {
            Thread.sleep(BETWEEN_TRIES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SurroundingsException("interrupted while the process of rank 0 was waited for", e);
        }
    }

    private static String machine() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "a machine without a name";
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It was of no use anyway.
        }
    }
}
