package org.espalier.ssui.check;

import java.nio.file.Path;
import org.espalier.core.SsuiSample;
import org.espalier.core.file.Fields;

/** A sample in its place: where to say what is wrong with it. {@code split} is empty where nothing is split. */
record Entry(Path file, Fields line, SsuiSample sample, String split) {
    /** As other lines speak of it. */
    String place(Path from) {
        return "sample \"" + sample.id() + "\" (" + (from.equals(file) ? "" : file + ", ") + "line " + line.line()
                + ")";
    }
}
