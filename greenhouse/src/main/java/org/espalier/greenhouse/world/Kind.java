package org.espalier.greenhouse.world;

/** Who is harmed: what a harm does differs among them. */
public enum Kind {
    ANIMAL,
    CHILD,
    /** No being: it is the person who asks that is harmed. */
    OBJECT
}
