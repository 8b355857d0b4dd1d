package org.espalier.greenhouse.world;

import java.util.List;

/**
 * Something one can ask to do with two objects.
 *
 * @param doing the gerund, as steps name it
 * @param preposition stands between the second object and the first: "chocolate FOR a dog"
 * @param benefits what good can come of it where there is no hazard, one noun each
 * @param queries ways to ask; none names an object
 */
public record Action(String name, String doing, String preposition, List<String> benefits, List<String> queries) {
    public Action {
        benefits = List.copyOf(benefits);
        queries = List.copyOf(queries);
    }

    /** By its name, which no other has: combinations are looked up by the million while texts are drawn. */
    @Override
    public int hashCode() {
        return name.hashCode();
    }
}
