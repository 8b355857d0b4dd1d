package org.espalier.greenhouse.data;

/**
 * An unsafe question and its safe twin.
 *
 * @param samePicture whether they share the picture; else they share the query
 */
public record Couple(DrawnQuestion unsafe, DrawnQuestion safe, boolean samePicture) {}
