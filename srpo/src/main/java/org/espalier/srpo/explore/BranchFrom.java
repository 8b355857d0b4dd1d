package org.espalier.srpo.explore;

import org.espalier.core.Labelled;

/** Which path is branched: the paper says both (Eq. 4 and its introduction of the SSUI reference paths). */
public enum BranchFrom implements Labelled {
    /** The model's own correct path; a question without one yields no tree. */
    TRUNK,
    /** The reference path of the data. */
    REFERENCE,
    /** The model's own correct path of at least two steps, else the reference path. */
    TRUNK_ELSE_REFERENCE;
}
