package org.espalier.app.config;

import org.espalier.core.settings.Setting;

/** What holds for a whole run; stands at the top of a recipe. */
public record RunSettings(
        @Setting(help = "Names every random number of the run.")
        long seed) {
    static final RunSettings DEFAULT = new RunSettings(0);
}
