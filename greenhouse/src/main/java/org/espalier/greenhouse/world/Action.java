package org.espalier.greenhouse.world;

import java.util.List;

/**
 * Something one can ask to do with two objects.
 *
 * @param doing the gerund, as steps name it
 * @param preposition stands between the second object and the first: "chocolate FOR a dog"
 * @param queries ways to ask; none names an object
 */
public record Action(String name, String doing, String preposition, List<String> queries) {
    public Action {
        queries = List.copyOf(queries);
    }
}
