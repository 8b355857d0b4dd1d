package org.espalier.endpoint;

import org.espalier.endpoint.plan.EndpointPlan;

/** An endpoint that is only thought about, for foretelling. */
record PlannedEndpoint(EndpointPlan plan) implements Endpoint {

    @Override
    public EndpointAnswer ask(EndpointRequest ask) {
        throw new IllegalStateException("a planned endpoint is not asked");
    }
}
