package org.espalier.workflow.study;

import java.util.Locale;

/** What of a study is run. */
public enum StudyPart {
    /** Every row and its grid on the validation worlds: what settings are chosen on. */
    TUNE,
    /** Every row on the final worlds. */
    CORE,
    /** What is varied, on one base model and the curves' worlds. */
    CURVES;

    /** As written on the command line, and the name of its folder. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
