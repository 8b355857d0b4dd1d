package org.espalier.core;

/** Whether the right reaction to a question is to refuse or dissuade, or to help. */
public enum Risk implements Labelled {
    UNSAFE,
    SAFE;
}
