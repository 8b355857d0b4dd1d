package org.espalier.lab.studio;

/**
 * One kind of request, timed.
 *
 * @param firstByteMs median time until the answer began
 * @param fullMs median time until it was there
 * @param p95Ms the same, 95th percentile
 * @param kilobytes of the last answer
 */
public record Figure(String name, double firstByteMs, double fullMs, double p95Ms, double kilobytes, int runs) {}
