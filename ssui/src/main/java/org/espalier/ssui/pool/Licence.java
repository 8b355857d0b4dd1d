package org.espalier.ssui.pool;

import org.espalier.core.file.Fields;

/**
 * The terms under which a picture was had.
 *
 * @param name an SPDX identifier where there is one, else the name as its source writes it; empty if unknown
 * @param url where the terms stand; empty if unknown
 */
public record Licence(String name, String url, Training training) {
    private static final String NONE = "none stated";

    /** Nothing is known of the terms. */
    public static final Licence UNKNOWN = new Licence("", "", Training.UNSTATED);

    /** Of pictures whose source is known to state none. */
    public static Licence unstated(String url) {
        return new Licence(NONE, url, Training.UNSTATED);
    }

    /** Whether the source says anything. */
    public boolean stated() {
        return !name.equals(NONE) && !equals(UNKNOWN);
    }

    /** In a word for people. */
    public String title() {
        return name.isEmpty() ? url.isEmpty() ? "unknown" : url : name;
    }

    /** As people read it, with what it says of training. */
    public String words() {
        return title()
                + switch (training) {
                    case ALLOWED -> ".";
                    case FORBIDDEN -> ", training forbidden.";
                    case UNSTATED -> ", nothing said of training.";
                };
    }

    /** From a file; what is wrong is noted there. */
    public static Licence read(Fields in) {
        return new Licence(
                in.text("name"),
                in.text("url"),
                in.choice("training", Training.class).orElse(Training.UNSTATED));
    }
}
