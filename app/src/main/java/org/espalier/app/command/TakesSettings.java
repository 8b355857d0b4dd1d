package org.espalier.app.command;

import java.util.List;
import org.espalier.app.config.Section;

/** A verb whose settings come from a preset, a recipe and flags. */
interface TakesSettings {
    /** The parts of a recipe that it uses; each of their settings is a flag too. */
    List<Section> sections();
}
