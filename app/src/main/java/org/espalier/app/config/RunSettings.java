package org.espalier.app.config;

/**
 * What holds for a whole run; stands at the top of a recipe.
 *
 * @param seed names every random number
 */
public record RunSettings(long seed) {}
