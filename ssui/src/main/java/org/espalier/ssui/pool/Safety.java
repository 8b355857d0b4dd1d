package org.espalier.ssui.pool;

import java.util.Locale;
import org.espalier.core.file.Fields;
import org.espalier.core.file.Json;
import tools.jackson.databind.node.ObjectNode;

/**
 * Whether a picture is harmless by itself.
 *
 * @param reason in a sentence; empty where none was given
 * @param by who said so: a model, a person; empty where nobody was asked
 */
public record Safety(Verdict verdict, String reason, String by) {
    /** Nobody has looked: review settles it. */
    public static final Safety UNVERIFIED = new Safety(Verdict.UNVERIFIED, "", "");

    /** What was found. */
    public enum Verdict {
        SAFE,
        UNSAFE,
        UNVERIFIED;

        /** As written in files. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** As files hold it. */
    public ObjectNode json() {
        return Json.object()
                .put("verdict", verdict.label())
                .put("reason", reason)
                .put("by", by);
    }

    /** From a file; what is wrong is noted there. */
    public static Safety read(Fields in) {
        return new Safety(verdict(in), in.text("reason"), in.text("by"));
    }

    private static Verdict verdict(Fields in) {
        String label = in.text("verdict");
        for (Verdict verdict : Verdict.values()) {
            if (verdict.label().equals(label)) {
                return verdict;
            }
        }
        if (!label.isEmpty()) {
            in.wrong("verdict", "is \"" + label + "\": \"safe\", \"unsafe\" and \"unverified\" are known");
        }
        return Verdict.UNVERIFIED;
    }
}
