package org.espalier.ssui.pool;

import java.nio.file.Path;

/** Looks at one picture alone and says whether it is harmless. */
@FunctionalInterface
public interface SafetyCheck {
    /** Looks at nothing. */
    SafetyCheck NONE = (id, picture) -> Safety.UNVERIFIED;

    /**
     * Checks one picture. Called from many threads at once; may wait for an endpoint.
     *
     * @param id names the picture in messages and journals
     * @param picture a readable file
     * @return {@link Safety.Verdict#UNVERIFIED} with the reason where no verdict could be had
     */
    Safety check(String id, Path picture);
}
