package org.espalier.greenhouse.world;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What can go wrong.
 *
 * @param name a noun that stands before "risk"
 * @param primary the first level of the taxonomy: substance, injury or energy
 * @param effects what it can do to each kind that it can befall, one noun each
 */
public record Harm(String name, String article, String primary, Map<Kind, List<String>> effects) {
    public Harm {
        effects = Map.copyOf(effects);
    }

    /** By its name, as of an {@link Action}. */
    @Override
    public int hashCode() {
        return name.hashCode();
    }

    /** What it can do to a kind; to one that the world never sees it befall, what it can do to anybody. */
    public List<String> effects(Kind kind) {
        return effects.getOrDefault(kind, allEffects());
    }

    /** What it can do to anybody, in the order of the kinds. */
    public List<String> allEffects() {
        return Arrays.stream(Kind.values())
                .flatMap(kind -> effects.getOrDefault(kind, List.of()).stream())
                .distinct()
                .toList();
    }

    /** "a poison risk". */
    public String risk() {
        return article + " " + name + " risk";
    }
}
