package org.espalier.workflow.study;

import org.espalier.core.Labelled;

/** What of a study is run. */
public enum StudyPart implements Labelled {
    /** Every row and its grid on the validation worlds: what settings are chosen on. */
    TUNE,
    /** Every row on the final worlds. */
    CORE,
    /** What is varied, on one base model and the curves' worlds. */
    CURVES;
}
