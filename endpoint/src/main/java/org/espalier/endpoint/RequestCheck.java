package org.espalier.endpoint;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.espalier.core.InputException;
import org.espalier.core.Turn;
import org.espalier.endpoint.plan.EndpointPlan;
import org.espalier.endpoint.wire.Capabilities;
import org.espalier.endpoint.wire.EncodedPicture;
import org.espalier.endpoint.wire.WireRequest;

/** Checks a request before anything is sent. */
final class RequestCheck {
    private RequestCheck() {}

    /** @throws InputException if it cannot be put to this endpoint */
    static WireRequest prompt(EndpointRequest ask, EndpointPlan plan, PictureHashes seen) {
        Map<Path, EncodedPicture> pictures = new LinkedHashMap<>();
        for (Turn turn : ask.conversation()) {
            turn.images().forEach(file -> pictures.computeIfAbsent(file, seen::of));
        }
        if (!pictures.isEmpty() && !plan.capabilities().pictures()) {
            throw new InputException("endpoint " + plan.name() + " sees no pictures, and '" + ask.label()
                    + "' shows one: name another endpoint for it");
        }
        WireRequest prompt = new WireRequest(ask.conversation(), pictures, ask.sampling(), ask.shape());
        if (prompt.prefilled() && plan.capabilities().prefill() != Capabilities.Prefill.NATIVE) {
            throw new InputException(
                    "endpoint " + plan.name() + " cannot continue from the beginning of an answer: state"
                            + " 'prefill: native' among its capabilities if it can");
        }
        return prompt;
    }
}
