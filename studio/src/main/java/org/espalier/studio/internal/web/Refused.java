package org.espalier.studio.internal.web;

/** There is no such page, or not for this request. The message is for people. */
public final class Refused extends RuntimeException {
    private final int status;

    public Refused(int status, String sentence) {
        super(sentence);
        this.status = status;
    }

    public static Refused unknown(String what) {
        return new Refused(404, what);
    }

    public int status() {
        return status;
    }
}
