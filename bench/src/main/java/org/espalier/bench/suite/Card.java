package org.espalier.bench.suite;

/**
 * What people must know of a benchmark before they use it.
 *
 * @param name as the command line has it
 * @param files that the user downloads, where from, in a sentence
 * @param licence of its data, in a sentence
 * @param judge who judges officially and how we do, in a sentence
 */
public record Card(String name, String title, String source, String files, String licence, String judge) {}
