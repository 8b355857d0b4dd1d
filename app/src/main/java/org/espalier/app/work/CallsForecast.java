package org.espalier.app.work;

import java.util.List;
import org.espalier.core.Demonstrations;
import org.espalier.core.SsuiSample;
import org.espalier.endpoint.plan.EndpointPlan;
import org.espalier.srpo.explore.DemonstrationPool;
import org.espalier.srpo.explore.ExploreSettings;

/** What exploring with an endpoint would take. */
record CallsForecast(List<SsuiSample> samples, ExploreSettings settings, long seed) {
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
        desk.say("  about %,.0f tokens in (demonstrations in each call), %,.0f out".formatted(input, output) + "; "
                + EndpointCost.of(plan, input, output).priced());
        double longest = most * (size.prompt() + size.path());
        desk.say("  at most %,.0f tokens in, %,.0f out".formatted(longest, most * settings.maxTokens())
                + "; "
                + EndpointCost.of(plan, longest, most * settings.maxTokens()).priced());
    }

    private Size size() {
        DemonstrationPool pool = DemonstrationPool.of(samples);
        double prompt = 0;
        double path = 0;
        double steps = 0;
        for (SsuiSample sample : samples) {
            Demonstrations shown = pool.choose(sample, settings.examples(), settings.examplesWithPictures(), seed);
            prompt += EndpointCost.tokens(shown.before(sample.question()));
            path += EndpointCost.tokens(sample.reference().text());
            steps += sample.reference().steps().size();
        }
        int n = Math.max(1, samples.size());
        return new Size(prompt / n, path / n, steps / n);
    }
}
