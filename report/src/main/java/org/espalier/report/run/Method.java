package org.espalier.report.run;

import java.util.List;

/**
 * A row of the tables: the base model, or what one way of training made of it.
 *
 * @param key as in {@code train --method}, with {@code -refresh} where exploration was repeated on the way
 * @param name for people
 * @param note what tells it from another of its name; empty where there is none
 */
public record Method(String key, String name, String note) implements Comparable<Method> {
    private static final List<Method> KNOWN = List.of(
            new Method("base", "base", ""),
            new Method("sft", "SFT", ""),
            new Method("dpo", "DPO", ""),
            new Method("orpo", "ORPO", ""),
            new Method("srpo", "SRPO", ""),
            new Method("srpo-refresh", "SRPO + refresh", ""),
            new Method("orpo-refresh", "ORPO + refresh", ""),
            new Method("advantage", "tree advantages", ""),
            new Method("advantage-refresh", "tree advantages + refresh", ""));

    public static final Method BASE = KNOWN.getFirst();

    /** A method by its key; one that is not known is called by its key and stands behind the others. */
    public static Method of(String key) {
        return KNOWN.stream()
                .filter(method -> method.key.equals(key))
                .findFirst()
                .orElseGet(() -> new Method(key, key, ""));
    }

    /** The same method by another name; another method where it is the name of one. */
    Method called(String title) {
        return KNOWN.stream()
                .filter(method -> method.key.equals(title))
                .findFirst()
                .orElseGet(() -> new Method(key, title, note));
    }

    /** Whether it is the method of the paper or a variant of it. */
    public boolean isSrpo() {
        return key.matches("(.* then )?srpo.*");
    }

    /** The method with other choices than the paper's, which its name says. */
    Method but(List<String> choices) {
        return choices.isEmpty()
                ? this
                : new Method(key + " " + String.join(" ", choices), name + ", " + String.join(", ", choices), note);
    }

    /** The method as a second stage on what another one made. */
    Method after(Method first) {
        return new Method(first.key + " then " + key, first.name + " then " + name, note);
    }

    /** The same method, told apart from another run of it; as it is where there is nothing to say. */
    Method with(String addition) {
        return addition.isEmpty() ? this : new Method(key, name, addition);
    }

    /** Name and note. */
    public String label() {
        return note.isEmpty() ? name : name + " (" + note + ")";
    }

    private int rank() {
        for (int i = 0; i < KNOWN.size(); i++) {
            if (KNOWN.get(i).key.equals(key)) {
                return i;
            }
        }
        return KNOWN.size();
    }

    @Override
    public int compareTo(Method other) {
        int byRank = Integer.compare(rank(), other.rank());
        int byKey = byRank != 0 ? byRank : key.compareTo(other.key);
        return byKey != 0 ? byKey : label().compareTo(other.label());
    }
}
