package org.espalier.hub.internal;

import java.io.IOException;

/** Carries a {@link Refusal} to where it is known what was asked for. */
public final class RefusedException extends IOException {
    private static final long serialVersionUID = 1;

    private final transient Refusal refusal;

    RefusedException(Refusal refusal) {
        super(refusal.toString());
        this.refusal = refusal;
    }

    public Refusal refusal() {
        return refusal;
    }
}
