package org.espalier.ssui.pool;

import org.espalier.core.Labelled;
import org.espalier.core.file.Fields;

/**
 * Whether a picture is harmless by itself.
 *
 * @param reason in a sentence; empty where none was given
 * @param by who said so: a model, a person; empty where nobody was asked
 * @param prompt SHA-256 of the prompt of a model; empty where none was asked
 * @param response the key of its answer in the journal of the intake; empty where there is none
 * @param open whether nobody could answer when this was asked, so that it is worth asking again
 */
public record Safety(Verdict verdict, String reason, String by, String prompt, String response, boolean open) {
    /** Nobody has looked: review settles it. */
    public static final Safety UNVERIFIED = new Safety(Verdict.UNVERIFIED, "", "");

    /** What is known before anybody was asked. */
    public Safety(Verdict verdict, String reason, String by) {
        this(verdict, reason, by, "", "", false);
    }

    /** What was found. */
    public enum Verdict implements Labelled {
        SAFE,
        UNSAFE,
        UNVERIFIED;
    }

    /** From a file, older ones without the last three fields; what is wrong is noted there. */
    public static Safety read(Fields in) {
        return new Safety(
                in.choice("verdict", Verdict.class).orElse(Verdict.UNVERIFIED),
                in.text("reason"),
                in.text("by"),
                in.has("prompt") ? in.text("prompt") : "",
                in.has("response") ? in.text("response") : "",
                in.has("open") && in.flag("open"));
    }
}
