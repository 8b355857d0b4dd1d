package org.espalier.srpo.group;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Another process, at the end of two connections: one for data, and one on which each says every second that it is there,
 * so that a lost process is noticed whatever the data connection is waiting for.
 */
final class Peer implements AutoCloseable {
    /** A machine that vanishes closes no connection. */
    private static final Duration SILENCE = Duration.ofSeconds(30);

    private static final Duration BETWEEN_BEATS = Duration.ofSeconds(1);
    private static final Duration LAST_WORD = Duration.ofSeconds(2);
    private static final int BEAT = 1;
    private static final int PARTING = 2;
    private static final int CHUNK = 1 << 18;

    private final String name;
    private final Socket control;
    private final Socket data;
    private final byte[] chunk = new byte[CHUNK];
    private final CountDownLatch heard = new CountDownLatch(1);
    private boolean left;

    /** @param name for people */
    Peer(String name, Socket control, Socket data) {
        this.name = name;
        this.control = control;
        this.data = data;
    }

    String name() {
        return name;
    }

    /**
     * Begins to listen.
     *
     * @param parted told once why the other has left
     */
    void watch(Consumer<Parting> parted) throws IOException {
        control.setSoTimeout((int) SILENCE.toMillis());
        data.setTcpNoDelay(true);
        Thread.ofVirtual().name("hear " + name).start(() -> {
            Parting why = hear();
            heard.countDown();
            parted.accept(why);
        });
        Thread.ofVirtual().name("beat " + name).start(this::beat);
    }

    private Parting hear() {
        try {
            DataInputStream in = new DataInputStream(control.getInputStream());
            while (true) {
                switch (in.readUnsignedByte()) {
                    case BEAT -> {}
                    case PARTING -> {
                        return Parting.read(in);
                    }
                    default -> throw new IOException("not a word of this protocol");
                }
            }
        } catch (SocketTimeoutException e) {
            return Parting.lost(name, "has not been heard of for " + SILENCE.toSeconds() + " seconds");
        } catch (IOException e) {
            return Parting.lost(name, "was lost");
        }
    }

    private void beat() {
        try {
            while (say(out -> out.writeByte(BEAT))) {
                Thread.sleep(BETWEEN_BEATS);
            }
        } catch (IOException e) {
            // Whoever listens to this connection hears of it.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private interface Word {
        void write(DataOutputStream out) throws IOException;
    }

    /** Says one thing whole; nothing any more once this process has left. */
    private synchronized boolean say(Word word) throws IOException {
        if (!left) {
            DataOutputStream out = new DataOutputStream(control.getOutputStream());
            word.write(out);
            out.flush();
        }
        return !left;
    }

    /** Says why this process leaves; the first reason counts. */
    synchronized void part(Parting why) {
        try {
            say(out -> {
                out.writeByte(PARTING);
                why.write(out);
            });
            control.shutdownOutput();
        } catch (IOException e) {
            // It is gone already.
        }
        left = true;
    }

    void send(ByteBuffer bytes) throws IOException {
        OutputStream out = data.getOutputStream();
        while (bytes.hasRemaining()) {
            int length = Math.min(chunk.length, bytes.remaining());
            bytes.get(chunk, 0, length);
            out.write(chunk, 0, length);
        }
    }

    void receive(ByteBuffer into) throws IOException {
        InputStream in = data.getInputStream();
        while (into.hasRemaining()) {
            int length = in.read(chunk, 0, Math.min(chunk.length, into.remaining()));
            if (length < 0) {
                throw new EOFException();
            }
            into.put(chunk, 0, length);
        }
    }

    /** Wakes whoever waits for data. */
    void stopData() {
        shut(data);
    }

    private static void shut(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // There is nothing more to be done about it.
        }
    }

    /** Waits a moment for the other's last word: closing before would take back ours, where it has not been read yet. */
    @Override
    public void close() {
        shut(data);
        try {
            // Whether it came or not, there is nothing more to be said.
            boolean unused = heard.await(LAST_WORD.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        shut(control);
    }
}
