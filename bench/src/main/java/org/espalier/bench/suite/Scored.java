package org.espalier.bench.suite;

/** What one unit counts as: an outcome in a cell. */
public record Scored(String cell, String outcome) {}
