package org.espalier.ssui.pool;

import org.espalier.core.Labelled;

/** What a licence says of training a model on the picture. */
public enum Training implements Labelled {
    /** Its terms leave room for it. */
    ALLOWED,
    /** Its terms rule it out: {@code explore} and {@code train} refuse the data without --allow-licence. */
    FORBIDDEN,
    /** Nobody has said. */
    UNSTATED;
}
