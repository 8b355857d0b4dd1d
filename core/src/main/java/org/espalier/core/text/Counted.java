package org.espalier.core.text;

/** Numbers of things in words. */
public final class Counted {
    private Counted() {}

    /** As {@code 1 draft}, {@code 2 drafts}. */
    public static String of(long number, String thing) {
        return of(number, thing, thing + "s");
    }

    /** The same where several are not called by an s. */
    public static String of(long number, String one, String several) {
        return number + " " + (number == 1 ? one : several);
    }
}
