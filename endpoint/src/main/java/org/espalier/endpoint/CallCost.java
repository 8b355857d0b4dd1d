package org.espalier.endpoint;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.espalier.core.Turn;
import org.espalier.core.cost.Cost;

/**
 * What calls of endpoints take, before any is made. Nothing is known of an endpoint's tokenizer, so letters and patches are
 * counted; times are by experience with hosted models, and within the endpoint's limits.
 */
public final class CallCost {
    private static final double LETTERS_A_TOKEN = 4;
    /** Side in pixels of the patch that a token of a picture stands for in most models of today. */
    private static final int PATCH = 28;

    private static final long MOST_PICTURE_TOKENS = 2500;
    /** About what a picture takes whose size is not looked at. */
    public static final int PICTURE_TOKENS = 800;

    private static final double SECONDS_A_CALL = 4;
    /** Within which providers answer a batch; most come much sooner. */
    private static final Duration A_DAY = Duration.ofHours(24);

    private CallCost() {}

    /** Tokens of a text. */
    public static double tokens(String text) {
        return text.length() / LETTERS_A_TOKEN;
    }

    /** Tokens of a picture. */
    public static long tokens(int width, int height) {
        long patches = (long) Math.ceilDiv(width, PATCH) * Math.ceilDiv(height, PATCH);
        return Math.min(patches, MOST_PICTURE_TOKENS);
    }

    /** Tokens of a conversation, its pictures taken to be of a usual size. */
    public static double tokens(List<Turn> conversation) {
        return conversation.stream()
                .mapToDouble(turn -> tokens(turn.text()) + turn.images().size() * (double) PICTURE_TOKENS)
                .sum();
    }

    /**
     * So many calls, as many at once as the endpoint allows; in batches within a day.
     *
     * @param input tokens of all calls together, as {@code output}
     */
    public static Cost of(Endpoint endpoint, long calls, long input, long output) {
        Duration usual = Duration.ofMillis((long) (calls * SECONDS_A_CALL * 1000 / endpoint.concurrency()));
        if (endpoint.batched()) {
            return new Cost(calls, input, output, endpoint.price(input, output), 0, calls == 0 ? Duration.ZERO : A_DAY);
        }
        Duration least = endpoint.atLeast(calls, input + output);
        BigDecimal money = endpoint.price(input, output);
        return new Cost(calls, input, output, money, 0, usual.compareTo(least) > 0 ? usual : least);
    }
}
