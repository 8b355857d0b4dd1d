package org.espalier.hub.internal;

/**
 * An answer of the hub that is no success. It ends as a sentence for a person, which only its caller can write.
 *
 * @param status of HTTP
 * @param code the hub's own word for it, such as {@code GatedRepo}; may be empty
 * @param said what the hub wrote, cut and cleaned; may be empty
 */
public record Refusal(int status, String code, String said) {
    /** Whether the same request may end better later. */
    public boolean passes() {
        return status == 408 || status == 425 || status == 429 || status >= 500;
    }

    @Override
    public String toString() {
        return "HTTP " + status + (said.isEmpty() ? "" : ", '" + said + "'");
    }
}
