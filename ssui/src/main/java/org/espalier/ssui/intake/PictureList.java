package org.espalier.ssui.intake;

import org.espalier.core.Progress;

/** Pictures and what is known of them, told one by one, so that a list of any length needs little memory. */
public interface PictureList {
    /** What it is, in a word or two. */
    String title();

    /** Tells every picture to {@code draw}, in any order. */
    void tell(CandidateDraw draw, Progress progress);
}
