package org.espalier.lab.dataset;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.espalier.core.SurroundingsException;

/**
 * The least that a client can do: connections that are kept, prepared bytes, answers that are not looked at. What it
 * reaches is what the server and the machine allow.
 */
record BareClient(URI base, int connections, int calls) {
    /** Calls a second. */
    double run(String body) throws InterruptedException {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        byte[] head = ("POST " + base.getPath() + "/chat/completions HTTP/1.1\r\nHost: " + base.getAuthority()
                        + "\r\nContent-Type: application/json\r\nContent-Length: " + content.length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        AtomicInteger left = new AtomicInteger(calls);
        List<IOException> troubles = java.util.Collections.synchronizedList(new ArrayList<>());
        List<Thread> threads = new ArrayList<>();
        long begun = System.nanoTime();
        for (int i = 0; i < connections; i++) {
            threads.add(Thread.ofVirtual().start(() -> {
                try {
                    call(head, content, left);
                } catch (IOException e) {
                    troubles.add(e);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        if (!troubles.isEmpty()) {
            throw new SurroundingsException(
                    "The bare client failed: " + troubles.getFirst().getMessage() + ".", troubles.getFirst());
        }
        return calls / ((System.nanoTime() - begun) / 1e9);
    }

    private void call(byte[] head, byte[] content, AtomicInteger left) throws IOException {
        try (Socket socket = new Socket(base.getHost(), base.getPort())) {
            socket.setTcpNoDelay(true);
            OutputStream out = socket.getOutputStream();
            InputStream in = socket.getInputStream();
            byte[] buffer = new byte[16 * 1024];
            while (left.getAndDecrement() > 0) {
                out.write(head);
                out.write(content);
                answer(in, buffer);
            }
        }
    }

    /** Reads one answer; the server says how long its body is. */
    private static void answer(InputStream in, byte[] buffer) throws IOException {
        int have = 0;
        int end = -1;
        long need = Long.MAX_VALUE;
        while (have < need) {
            int n = in.read(
                    buffer, Math.min(have, buffer.length / 2), buffer.length - Math.min(have, buffer.length / 2));
            if (n < 0) {
                throw new IOException("the server closed the connection");
            }
            have += n;
            if (end < 0) {
                String text = new String(buffer, 0, Math.min(have, buffer.length), StandardCharsets.ISO_8859_1);
                end = text.indexOf("\r\n\r\n");
                if (end >= 0) {
                    need = end + 4 + length(text.substring(0, end));
                }
            }
        }
    }

    private static long length(String head) throws IOException {
        for (String line : head.split("\r\n", -1)) {
            if (line.regionMatches(true, 0, "content-length:", 0, 15)) {
                return Long.parseLong(line.substring(15).strip());
            }
        }
        throw new IOException("the server does not say how long its answer is");
    }
}
