package org.espalier.srpo.verify;

import java.util.Optional;

/**
 * What was compared under one name.
 *
 * @param keys how many comparisons; a key compared in both modes counts twice
 * @param largest greatest difference, as a share of the greatest expected magnitude of its key
 * @param tolerance greatest share allowed for a single value: {@code tolerance · |expected| + tolerance / 10 ·
 *     max|expected|}; 0 where values must be equal
 * @param fault the first key that is off and how; empty where all agree
 */
public record Group(String name, int keys, double largest, double tolerance, Optional<String> fault) {}
