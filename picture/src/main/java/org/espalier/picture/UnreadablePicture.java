package org.espalier.picture;

/** Why a picture cannot be read, as the end of a sentence that begins with the picture's name. */
final class UnreadablePicture extends Exception {
    UnreadablePicture(String predicate) {
        super(predicate);
    }

    UnreadablePicture(String predicate, Throwable cause) {
        super(predicate, cause);
    }

    static UnreadablePicture cutOff(long length) {
        return new UnreadablePicture(
                "is cut off: its data ends after " + length + " bytes, before the picture does; fetch it again");
    }

    static UnreadablePicture damaged(String what) {
        return new UnreadablePicture("is damaged (" + what + "); fetch or export it again");
    }
}
