package org.espalier.greenhouse.world;

/**
 * What can go wrong.
 *
 * @param name a noun that stands before "risk"
 * @param primary the first level of the taxonomy: substance, injury or energy
 */
public record Harm(String name, String article, String primary) {
    /** "a poison risk". */
    public String risk() {
        return article + " " + name + " risk";
    }
}
