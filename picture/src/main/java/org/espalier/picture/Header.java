package org.espalier.picture;

/** What the first bytes of a picture say of it, before any pixel is decoded. */
record Header(PictureSize stored, Orientation orientation) {
    PictureSize size() {
        return orientation.apply(stored);
    }
}
