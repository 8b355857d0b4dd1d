package org.espalier.bench.own;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.espalier.bench.suite.Card;
import org.espalier.core.Labelled;
import org.espalier.core.file.Sha256;

/**
 * What a benchmark's file says.
 *
 * @param file that says it
 * @param items the file of the questions, as it is named there
 * @param pictures folders that pictures are looked up in, below that of the data
 * @param prompt what is sent, with columns in braces; empty for the query alone
 * @param answers drawn for each question
 * @param empty the label of an answer without words; empty where it is graded like any other
 * @param blocked the label of what a provider's filter blocked; empty where that is in no figure
 * @param together how the verdicts of a unit become its outcome
 * @param figures at least one, the first a headline
 * @param uses every column that is named, with the line that names it
 */
record Definition(
        Path file,
        Card card,
        String items,
        List<String> pictures,
        ItemFields fields,
        Optional<String> prompt,
        int answers,
        Grading grading,
        Optional<String> empty,
        Optional<String> blocked,
        Together together,
        List<OwnFigure> figures,
        List<ColumnUse> uses) {
    Definition {
        pictures = List.copyOf(pictures);
        figures = List.copyOf(figures);
        uses = List.copyOf(uses);
    }

    /** A column that the questions must have. */
    record ColumnUse(long line, String as, String column) {}

    /** How the verdicts of a unit become outcomes. */
    enum Together implements Labelled {
        /** Each verdict is one. */
        EACH,
        /** The unit is as good as its worst. */
        WORST,
        /** The verdict that more than half of them are. */
        MOST
    }

    /** Where a question's parts stand. Columns that are not named are those of the usual names, where there are such. */
    record ItemFields(
            Optional<String> id,
            Optional<String> picture,
            Optional<String> query,
            List<String> category,
            Optional<String> unit,
            Optional<String> cluster) {
        ItemFields {
            category = List.copyOf(category);
        }
    }

    /** Names how answers are graded and counted: two files that agree in it make comparable figures of equal verdicts. */
    String sha256() {
        String silence = empty.map(label -> "\nempty " + label).orElse("");
        return Sha256.of(grading + "\n" + blocked + "\n" + together + "\n" + figures + silence);
    }
}
