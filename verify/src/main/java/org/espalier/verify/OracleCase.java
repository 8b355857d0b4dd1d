package org.espalier.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.espalier.core.InputException;
import org.espalier.model.family.PictureInput;

/**
 * A prompt of the reference values.
 *
 * @param prefix of its keys
 * @param numbers of the pictures that it shows, in order
 */
record OracleCase(String prefix, int[] ids, List<Integer> numbers, List<PictureInput> pictures) {
    private static final String CASE = "case.";

    /**
     * All of a file, in the order of their names.
     *
     * @param pictures of the folder by number
     * @throws InputException if one holds a token outside the vocabulary, or shows a picture that the folder lacks
     */
    static List<OracleCase> all(OracleFile file, int vocabulary, SortedMap<Integer, PictureInput> pictures) {
        TreeSet<String> names = new TreeSet<>();
        file.keys(CASE).forEach(key -> names.add(key.split("\\.", -1)[1]));
        List<OracleCase> cases = new ArrayList<>();
        for (String name : names) {
            String prefix = CASE + name + ".";
            int[] ids = file.given(prefix + "input_ids", vocabulary);
            List<Integer> numbers = IntStream.of(file.given(prefix + "images", Integer.MAX_VALUE))
                    .boxed()
                    .toList();
            List<PictureInput> shown = new ArrayList<>();
            for (int number : numbers) {
                PictureInput picture = pictures.get(number);
                if (picture == null) {
                    throw new InputException(
                            "The case " + name + " shows image_" + number + ", which the folder lacks.");
                }
                shown.add(picture);
            }
            cases.add(new OracleCase(prefix, ids, numbers, shown));
        }
        return cases;
    }
}
