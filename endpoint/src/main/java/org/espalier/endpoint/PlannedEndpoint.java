package org.espalier.endpoint;

import java.math.BigDecimal;
import java.time.Duration;
import org.espalier.endpoint.plan.EndpointPlan;
import org.espalier.endpoint.wire.Capabilities;
import org.espalier.endpoint.wire.PictureTerms;
import org.espalier.endpoint.wire.Usage;

/** An endpoint that is only thought about, for foretelling. */
record PlannedEndpoint(EndpointPlan plan) implements Endpoint {
    @Override
    public String name() {
        return plan.name();
    }

    @Override
    public String model() {
        return plan.model();
    }

    @Override
    public Capabilities capabilities() {
        return plan.capabilities();
    }

    @Override
    public PictureTerms pictures() {
        return plan.provider().pictures();
    }

    @Override
    public boolean batched() {
        return plan.batch();
    }

    @Override
    public int concurrency() {
        return plan.limits().concurrency();
    }

    @Override
    public EndpointAnswer ask(EndpointRequest ask) {
        throw new IllegalStateException("a planned endpoint is not asked");
    }

    @Override
    public BigDecimal price(long inputTokens, long outputTokens) {
        return plan.prices().cost(new Usage(inputTokens, outputTokens, 0));
    }

    @Override
    public Duration atLeast(long calls, long tokens) {
        return plan.limits().atLeast(calls, tokens);
    }

    @Override
    public BigDecimal spent() {
        return BigDecimal.ZERO;
    }
}
