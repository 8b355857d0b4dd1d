package org.espalier.verify;

import java.util.Locale;
import java.util.Optional;

/**
 * What was compared under one name.
 *
 * @param keys how many comparisons; a key that is computed in several ways counts each time
 * @param exact whether values must be equal, because they are whole numbers
 * @param ofRule the greatest difference, as a share of what {@link Tolerance#RULE} allows for that value; or as it is where
 *     values must be equal
 * @param ofAllowed the same as a share of what was allowed
 * @param float32 the greatest distance of float32 from float64 on this device, as a share of the greatest magnitude under
 *     its key; or as it is where values must be equal
 * @param fault the first key that is off and how; empty where all agree
 */
public record ComparedGroup(
        String name, int keys, boolean exact, double ofRule, double ofAllowed, double float32, Optional<String> fault) {
    /** Both as one, under the same name. */
    ComparedGroup plus(ComparedGroup other) {
        return new ComparedGroup(
                name,
                keys + other.keys,
                exact && other.exact,
                Math.max(ofRule, other.ofRule),
                Math.max(ofAllowed, other.ofAllowed),
                Math.max(float32, other.float32),
                fault.or(other::fault));
    }

    /** With the distance that was measured, which is a fault where it is greater than so much. */
    ComparedGroup withFloat32(double distance, double most) {
        Optional<String> ofFloat32 = exact || distance <= most
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT, "float32 is off from float64 by %.1e of the greatest magnitude", distance));
        return new ComparedGroup(name, keys, exact, ofRule, ofAllowed, distance, fault.or(() -> ofFloat32));
    }
}
