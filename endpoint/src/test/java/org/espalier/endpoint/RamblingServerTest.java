package org.espalier.endpoint;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.espalier.core.SurroundingsException;
import org.espalier.endpoint.plan.EndpointsFile;
import org.espalier.store.Store;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Servers that begin an answer and never end it: nobody waits for them, and nothing they send fills the memory. */
class RamblingServerTest {
    private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";

    @TempDir
    private Path folder;

    /** What a server sends, byte by byte or as it likes, until the caller leaves. */
    private interface Ramble {
        void to(OutputStream out) throws IOException, InterruptedException;
    }

    /** @param seconds after which an answer is given up: few where it never ends, else more than a busy machine takes to send it */
    private void refused(int seconds, Ramble ramble, String part) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> answer(server, ramble));
            Path file = folder.resolve("endpoints.yaml");
            Files.writeString(file, """
                    endpoints:
                      it: {base-url: "http://127.0.0.1:%d/v1", model: m, retries: 0, timeout: %d}
                    """.formatted(server.getLocalPort(), seconds));
            try (Store store = Store.inFolder(folder);
                    Endpoints endpoints = Endpoints.open(EndpointsFile.read(file, List.of()), store)) {
                assertThatThrownBy(() -> endpoints.of("anything").ask(BatchChild.ask("a")))
                        .isInstanceOf(SurroundingsException.class)
                        .hasMessageContaining(part)
                        .hasMessageContaining("run the same command to continue");
            }
        }
    }

    private static void answer(ServerSocket server, Ramble ramble) {
        while (!server.isClosed()) {
            try (Socket caller = server.accept()) {
                caller.getInputStream().read(new byte[1 << 16]);
                ramble.to(caller.getOutputStream());
            } catch (IOException | InterruptedException e) {
                // The caller has left.
            }
        }
    }

    private static void send(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private static void drip(OutputStream out, String text) throws IOException, InterruptedException {
        while (true) {
            send(out, text);
            Thread.sleep(200);
        }
    }

    @Test
    @Timeout(120)
    void aHeadOfManyFieldsIsBrokenOff() throws Exception {
        refused(
                60,
                out -> {
                    send(out, HEAD);
                    for (int i = 0; i < 5_000_000; i++) {
                        send(out, "X-" + i + ": " + "y".repeat(8000) + "\r\n");
                    }
                },
                "Maximum header count exceeded");
    }

    @Test
    @Timeout(120)
    void aFieldOfALongLineIsBrokenOff() throws Exception {
        refused(
                60,
                out -> {
                    send(out, HEAD + "X: ");
                    for (int i = 0; i < 5_000_000; i++) {
                        send(out, "y".repeat(8000));
                    }
                },
                "Maximum line length limit exceeded");
    }

    @Test
    @Timeout(120)
    void aHeadThatComesDropByDropIsNotWaitedFor() throws Exception {
        refused(
                1,
                out -> {
                    send(out, HEAD);
                    drip(out, "X: y\r\n");
                },
                "did not answer in time");
    }

    @Test
    @Timeout(120)
    void aBodyThatComesDropByDropIsNotWaitedFor() throws Exception {
        refused(
                1,
                out -> {
                    send(out, HEAD + "Content-Length: 1000000\r\n\r\n");
                    drip(out, " ");
                },
                "did not answer in time");
    }

    @Test
    @Timeout(120)
    void aBodyWithoutAnEndIsBrokenOff() throws Exception {
        refused(
                60,
                out -> {
                    send(out, HEAD + "Transfer-Encoding: chunked\r\n\r\n");
                    while (true) {
                        send(out, "2000\r\n" + " ".repeat(0x2000) + "\r\n");
                    }
                },
                "larger than 64 MiB");
    }
}
