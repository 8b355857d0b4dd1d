package org.espalier.model.picture;

/** What the first bytes of a picture say of it, before any pixel is decoded. */
record Header(Size stored, Orientation orientation) {
    Size size() {
        return orientation.apply(stored);
    }
}
