package org.espalier.greenhouse.world;

import org.espalier.core.Labelled;

/** How often an object is to be used; its label is the word in a sentence. */
public enum Dose implements Labelled {
    ONCE,
    TWICE,
    OFTEN
}
