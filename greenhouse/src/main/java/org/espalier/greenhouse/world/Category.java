package org.espalier.greenhouse.world;

/**
 * A place in the taxonomy of risks, three levels deep.
 *
 * @param tertiary action and harm, "feed.poison": the {@code category} of a sample
 * @param secondary action and kind of harm, "feed.substance"
 * @param primary kind of harm: substance, injury or energy
 */
public record Category(String tertiary, String secondary, String primary) {
    /** Where a harm under an action belongs. */
    public static Category of(Action action, Harm harm) {
        return new Category(action.name() + "." + harm.name(), action.name() + "." + harm.primary(), harm.primary());
    }
}
