package org.espalier.app.work;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.espalier.core.Turn;
import org.espalier.endpoint.Endpoints;
import org.espalier.endpoint.plan.EndpointPlan;

/**
 * What calls of an endpoint would take. Nothing is known of its tokenizer, so letters are counted.
 *
 * @param price zero where none is known
 */
record EndpointCost(long input, long output, BigDecimal price) {
    private static final double LETTERS_A_TOKEN = 4;
    /** About what a picture of a megapixel takes. */
    static final int PICTURE_TOKENS = 800;

    static EndpointCost of(EndpointPlan plan, double input, double output) {
        long in = Math.round(input);
        long out = Math.round(output);
        return new EndpointCost(in, out, Endpoints.planned(plan).price(in, out));
    }

    static double tokens(String text) {
        return text.length() / LETTERS_A_TOKEN;
    }

    static double tokens(List<Turn> conversation) {
        return conversation.stream()
                .mapToDouble(turn -> tokens(turn.text()) + turn.images().size() * (double) PICTURE_TOKENS)
                .sum();
    }

    /** The price in words. */
    String priced() {
        return price.signum() == 0 ? "the endpoints file names no price" : words(price);
    }

    static String words(BigDecimal money) {
        return "about " + money.setScale(2, RoundingMode.HALF_UP) + " at the prices of the endpoints file";
    }
}
