package org.espalier.app.work;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.espalier.core.Demonstrations;
import org.espalier.core.SsuiSample;
import org.espalier.core.Turn;
import org.espalier.endpoint.Endpoints;
import org.espalier.endpoint.plan.EndpointPlan;
import org.espalier.srpo.explore.DemonstrationPool;
import org.espalier.srpo.explore.ExploreSettings;

/** What exploring with an endpoint would take: nothing is known of its tokenizer, so letters are counted. */
record CallsForecast(List<SsuiSample> samples, ExploreSettings settings, long seed) {
    private static final double LETTERS_A_TOKEN = 4;
    /** About what a picture of a megapixel takes. */
    private static final double PICTURE_TOKENS = 800;

    private record Size(double prompt, double path, double steps) {}

    void say(Desk desk, EndpointPlan plan) {
        Size size = size();
        double places = Math.max(0, size.steps() - (settings.branchLastStep() ? 0 : 1));
        double most = samples.size() * (settings.trunkAttempts() + places * settings.branchSamples());
        // Half of the paths correct: two draws for a trunk, three for one of each kind.
        double trunks = samples.size() * 2.0;
        double branches = samples.size() * 3 * places * 0.6;
        desk.say("  at most %,.0f calls of %d tokens, about %,.0f if half of the paths are correct"
                .formatted(most, settings.maxTokens(), trunks + branches));
        double input = trunks * size.prompt() + branches * (size.prompt() + size.path() / 2);
        double output = trunks * size.path() + branches * size.path() / 2;
        desk.say("  about %,.0f tokens in (demonstrations in each call), %,.0f out".formatted(input, output)
                + price(plan, input, output));
        double longest = most * (size.prompt() + size.path());
        desk.say("  at most %,.0f tokens in, %,.0f out".formatted(longest, most * settings.maxTokens())
                + price(plan, longest, most * settings.maxTokens()));
    }

    private static String price(EndpointPlan plan, double input, double output) {
        BigDecimal price = Endpoints.planned(plan).price(Math.round(input), Math.round(output));
        return price.signum() == 0
                ? "; the endpoints file names no price"
                : "; " + price.setScale(2, RoundingMode.HALF_UP) + " at the prices of the endpoints file";
    }

    private Size size() {
        DemonstrationPool pool = DemonstrationPool.of(samples);
        double prompt = 0;
        double path = 0;
        double steps = 0;
        for (SsuiSample sample : samples) {
            Demonstrations shown = pool.choose(sample, settings.examples(), settings.examplesWithPictures(), seed);
            for (Turn turn : shown.before(sample.question())) {
                prompt += turn.text().length() / LETTERS_A_TOKEN + turn.images().size() * PICTURE_TOKENS;
            }
            path += sample.reference().text().length() / LETTERS_A_TOKEN;
            steps += sample.reference().steps().size();
        }
        int n = Math.max(1, samples.size());
        return new Size(prompt / n, path / n, steps / n);
    }
}
