package org.espalier.ssui.check;

import java.util.Optional;
import org.espalier.ssui.taxonomy.Taxonomy;

/**
 * What a check looks for.
 *
 * @param taxonomy that categories must be in; where there is none, only their form is looked at
 * @param near pictures whose perceptual hashes differ in so many bits or fewer may not be in two splits
 * @param shown faults that are spelt out a file; all are counted
 */
public record CheckSettings(Optional<Taxonomy> taxonomy, int near, int shown) {}
