package org.espalier.greenhouse.data;

import org.espalier.greenhouse.internal.picture.Scene;
import org.espalier.greenhouse.world.Combination;
import org.espalier.greenhouse.world.Thing;

/**
 * A question before it is written down.
 *
 * @param alternative what the reference path offers where it refuses; the second object itself where it helps
 */
public record DrawnQuestion(Combination combination, Scene scene, String query, Thing alternative) {}
