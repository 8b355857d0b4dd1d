package org.espalier.picture.internal;

import java.time.Duration;

/** Why a picture cannot be decoded, as the end of a sentence that begins with the picture's name. */
public final class UnreadablePicture extends Exception {
    private final boolean perhapsByChance;

    public UnreadablePicture(String predicate) {
        this(predicate, false);
    }

    private UnreadablePicture(String predicate, boolean perhapsByChance) {
        super(predicate);
        this.perhapsByChance = perhapsByChance;
    }

    UnreadablePicture(String predicate, Throwable cause) {
        super(predicate, cause);
        this.perhapsByChance = false;
    }

    public static UnreadablePicture cutOff(long length) {
        return new UnreadablePicture(
                "is cut off: its data ends after " + length + " bytes, before the picture does; fetch it again");
    }

    public static UnreadablePicture damaged(String what) {
        return new UnreadablePicture("is damaged (" + what + "); fetch or export it again");
    }

    /** The clock ended it: the picture may be at fault, or the process was halted meanwhile. */
    public static UnreadablePicture late(Duration limit) {
        return new UnreadablePicture(
                "was given up: it is not decoded after " + limit.toSeconds()
                        + " s; save it again as an ordinary picture",
                true);
    }

    /** The process that decoded it ended: the picture may be at fault, or somebody else ended the process. */
    public static UnreadablePicture fatal() {
        return new UnreadablePicture(
                "is damaged (the program that decodes it fails at it); fetch or export it again", true);
    }

    /** Whether another try may end otherwise; a picture that fails twice is to blame. */
    public boolean perhapsByChance() {
        return perhapsByChance;
    }
}
