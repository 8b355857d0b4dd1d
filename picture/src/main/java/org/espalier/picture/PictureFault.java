package org.espalier.picture;

import org.espalier.core.Labelled;

/** Why a picture cannot be used, by kind. */
public enum PictureFault implements Labelled {
    /** There is no such file. */
    MISSING,
    /** The file may not be read. */
    UNREADABLE,
    /** More bytes than a picture may have. */
    FILE_TOO_LARGE,
    /** None of the formats that are read. */
    FORMAT,
    /** Its header says more pixels than a picture may have. */
    TOO_MANY_PIXELS,
    /** A side is shorter than a picture's may be. */
    TOO_SMALL,
    /** It cannot be decoded to its end. */
    CORRUPT;
}
