package org.espalier.hub.internal;

import java.io.IOException;

/**
 * An answer of the hub that is no success, carried to where it is known what was asked for: only there it becomes a sentence
 * for a person.
 */
public final class RefusedException extends IOException {
    private static final long serialVersionUID = 1;
    private final int status;
    private final String code;

    /**
     * @param status of HTTP
     * @param code the hub's own word for it, such as {@code GatedRepo}; may be empty
     * @param said what the hub wrote, cut and cleaned; may be empty
     */
    RefusedException(int status, String code, String said) {
        super("HTTP " + status + (said.isEmpty() ? "" : ", '" + said + "'"));
        this.status = status;
        this.code = code;
    }

    public int status() {
        return status;
    }

    String code() {
        return code;
    }

    /** Whether the same request may end better later. */
    boolean passes() {
        return status == 408 || status == 425 || status == 429 || status >= 500;
    }
}
