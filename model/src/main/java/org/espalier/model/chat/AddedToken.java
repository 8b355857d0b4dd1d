package org.espalier.model.chat;

/**
 * A token of {@code tokenizer.json} that is found in texts as it is written, before they are cut into words.
 *
 * @param special whether it is a control token, which a text that is data never holds: what looks like it is spelled
 * @param takesLeft whether the blanks before it go with it ({@code lstrip}), so that they have no tokens
 * @param takesRight whether those after it do ({@code rstrip})
 * @param wordAlone whether it is none where a letter stands beside it ({@code single_word})
 * @param normalized whether it is looked for once the text is in its normal form, and not before
 */
record AddedToken(
        String content,
        int id,
        boolean special,
        boolean takesLeft,
        boolean takesRight,
        boolean wordAlone,
        boolean normalized) {}
