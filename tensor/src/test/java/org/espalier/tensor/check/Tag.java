package org.espalier.tensor.check;

/**
 * Where a tensor was made.
 *
 * @param device its name
 * @param exact whether all its numbers, and those of what it meets, are float64
 */
record Tag(String device, boolean exact) {
    /** Of what libtorch's own functions make. */
    static final Tag HOST = new Tag("cpu", false);
}
