package org.espalier.picture.internal;

/** Why a picture cannot be decoded, as the end of a sentence that begins with the picture's name. */
public final class UnreadablePicture extends Exception {
    public UnreadablePicture(String predicate) {
        super(predicate);
    }

    UnreadablePicture(String predicate, Throwable cause) {
        super(predicate, cause);
    }

    public static UnreadablePicture cutOff(long length) {
        return new UnreadablePicture(
                "is cut off: its data ends after " + length + " bytes, before the picture does; fetch it again");
    }

    public static UnreadablePicture damaged(String what) {
        return new UnreadablePicture("is damaged (" + what + "); fetch or export it again");
    }
}
