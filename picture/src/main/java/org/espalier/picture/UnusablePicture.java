package org.espalier.picture;

/** Why a picture cannot be used: by kind, and as the end of a sentence that begins with the picture's name. */
final class UnusablePicture extends Exception {
    private final PictureFault fault;

    UnusablePicture(PictureFault fault, String predicate) {
        super(predicate);
        this.fault = fault;
    }

    UnusablePicture(PictureFault fault, String predicate, Throwable cause) {
        super(predicate, cause);
        this.fault = fault;
    }

    PictureFault fault() {
        return fault;
    }

    String predicate() {
        return String.valueOf(getMessage());
    }
}
