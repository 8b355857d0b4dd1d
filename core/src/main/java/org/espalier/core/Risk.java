package org.espalier.core;

import org.espalier.core.text.Labelled;

/** Whether the right reaction to a question is to refuse or dissuade, or to help. */
public enum Risk implements Labelled {
    UNSAFE,
    SAFE;
}
