package org.espalier.lab.model;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.espalier.core.SurroundingsException;
import org.espalier.core.file.Json;
import tools.jackson.databind.node.ObjectNode;

/**
 * Callers who ask a server all at once and take each piece as it comes. One thread does it for all of them: a caller elsewhere
 * costs a server no processor time, and one here as little as can be.
 *
 * @param base of the API
 */
record SelectingCallers(URI base, int callers, int tokens, String words) {
    /** Of every answer: words of their own make them others. */
    static final long SEED = 1;

    private static final Pattern COUNT = Pattern.compile("\"completion_tokens\":(\\d+)");

    /**
     * What they got.
     *
     * @param seconds from the first request to the end of the last answer
     * @param callerSeconds of processor time, of the callers alone
     * @param arrivals how often something came for a caller, on average
     */
    record Got(long tokens, double seconds, double callerSeconds, double arrivals) {}

    private static final class Caller {
        final ByteArrayOutputStream answer = new ByteArrayOutputStream();
        int arrivals;
        boolean answered;
    }

    Got ask(boolean stream) {
        List<Caller> all = new ArrayList<>();
        long own = ownNanos();
        long begun = System.nanoTime();
        try (Selector selector = Selector.open()) {
            for (int i = 0; i < callers; i++) {
                Caller caller = new Caller();
                all.add(caller);
                begin(i, stream).register(selector, SelectionKey.OP_READ, caller);
            }
            ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 16);
            while (all.stream().anyMatch(caller -> !caller.answered)) {
                selector.select(key -> take(key, buffer));
            }
        } catch (IOException e) {
            throw new SurroundingsException("A caller failed: " + e.getMessage() + ".", e);
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        double callerSeconds = (ownNanos() - own) / 1e9;
        return new Got(
                all.stream().mapToLong(caller -> counted(caller.answer)).sum(),
                seconds,
                callerSeconds,
                all.stream().mapToInt(caller -> caller.arrivals).average().orElseThrow());
    }

    private static long ownNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private SocketChannel begin(int number, boolean stream) throws IOException {
        ObjectNode body = Json.object().put("model", "model").put("seed", SEED).put("max_tokens", tokens);
        body.putArray("messages").addObject().put("role", "user").put("content", words + number);
        if (stream) {
            body.put("stream", true).putObject("stream_options").put("include_usage", true);
        }
        byte[] json = Json.line(body).getBytes(StandardCharsets.UTF_8);
        String head = "POST " + base.getPath() + "/chat/completions HTTP/1.1\r\nHost: " + base.getAuthority()
                + "\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: " + json.length
                + "\r\n\r\n";
        SocketChannel channel = SocketChannel.open(new InetSocketAddress(base.getHost(), base.getPort()));
        try {
            ByteBuffer request = ByteBuffer.allocate(head.length() + json.length)
                    .put(head.getBytes(StandardCharsets.US_ASCII))
                    .put(json)
                    .flip();
            while (request.hasRemaining()) {
                channel.write(request);
            }
            channel.configureBlocking(false);
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static void take(SelectionKey key, ByteBuffer buffer) {
        Caller caller = (Caller) key.attachment();
        try {
            int count = ((SocketChannel) key.channel()).read(buffer.clear());
            if (count < 0) {
                key.channel().close();
                caller.answered = true;
            } else {
                caller.arrivals++;
                Channels.newChannel(caller.answer).write(buffer.flip());
            }
        } catch (IOException e) {
            throw new SurroundingsException("A caller failed: " + e.getMessage() + ".", e);
        }
    }

    private static long counted(ByteArrayOutputStream answer) {
        // A count could be cut in two where a chunk ends; then it is none of these.
        String text = answer.toString(StandardCharsets.UTF_8);
        if (!text.startsWith("HTTP/1.1 200")) {
            throw new SurroundingsException(
                    "A caller got no answer: " + text.lines().findFirst().orElse("the connection was closed") + ".");
        }
        return COUNT.matcher(text)
                .results()
                .map(MatchResult::group)
                .reduce((first, second) -> second)
                .map(found -> Long.parseLong(found.replaceAll("\\D", "")))
                .orElseThrow(() -> new SurroundingsException("An answer does not say how many tokens it has."));
    }
}
