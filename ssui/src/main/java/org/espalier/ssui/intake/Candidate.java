package org.espalier.ssui.intake;

import java.nio.file.Path;
import org.espalier.ssui.pool.Licence;
import org.espalier.ssui.pool.PictureSource;

/** A picture that may come into the pool, as its list has it; nobody has looked at it yet. */
public record Candidate(PictureSource source, Licence licence, Place place) {
    /** Where its bytes are. */
    public sealed interface Place {
        /** In a file of its own. */
        record InFile(Path file) implements Place {}

        /**
         * In a row of a Parquet file.
         *
         * @param column that holds its bytes, with dots between the parts of its name
         * @param row from 0
         */
        record InParquet(Path file, String column, long row) implements Place {}
    }
}
