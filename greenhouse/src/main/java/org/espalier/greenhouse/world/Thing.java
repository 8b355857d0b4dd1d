package org.espalier.greenhouse.world;

/**
 * An object of the world.
 *
 * @param index its place on every sheet of drawings
 * @param article "a", "an" or nothing
 * @param verb "is" or "are"
 * @param emoji code points, as in the file names of emoji collections
 * @param dose how often it is to be used
 */
public record Thing(int index, String name, String article, String verb, String emoji, Kind kind, Dose dose) {
    /** By its name, as of an {@link Action}. */
    @Override
    public int hashCode() {
        return name.hashCode();
    }

    /** The object as a sentence names it: "a dog", "chocolate". */
    public String phrase() {
        return article.isEmpty() ? name : article + " " + name;
    }

    /** Who bears what comes of it where this is the first object: "a dog", or "you" where it is no being. */
    public String whom() {
        return kind == Kind.OBJECT ? "you" : phrase();
    }
}
