package org.espalier.greenhouse.internal.picture;

/**
 * Disjoint shares of all compositions that can be drawn. What a base model is grown on, what it is tuned on, what
 * settings are chosen on and what is tested never show the same picture, whatever the seeds: each draws from its own.
 */
public enum Gallery {
    GROWING,
    TUNING,
    VALIDATION,
    TEST;

    /** The share a composition belongs to: half of all are for growing. */
    static Gallery of(Scene scene) {
        return switch ((int) Long.remainderUnsigned(scene.fingerprint(), 6)) {
            case 0, 1, 2 -> GROWING;
            case 3 -> TUNING;
            case 4 -> VALIDATION;
            default -> TEST;
        };
    }
}
