package org.espalier.core.work;

import java.io.Serializable;
import java.util.OptionalInt;

/** Names work, so that it can be opened in this process or in another one, which has the same files at the same places. */
@FunctionalInterface
public interface GroupTask extends Serializable {
    /** @param gpu the one that the process was given, where it was given one */
    GroupWork open(OptionalInt gpu);
}
