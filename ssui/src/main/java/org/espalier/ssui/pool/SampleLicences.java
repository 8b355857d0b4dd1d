package org.espalier.ssui.pool;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.espalier.core.InputException;
import org.espalier.core.SsuiSample;
import tools.jackson.databind.JsonNode;

/** What the samples of a file say of their licences: that of the picture, and that of the sample itself. */
public final class SampleLicences {
    private SampleLicences() {}

    /** Samples whose terms rule out training, by licence. */
    public static SortedMap<String, Integer> forbidding(List<SsuiSample> samples) {
        SortedMap<String, Integer> forbidding = new TreeMap<>();
        for (SsuiSample sample : samples) {
            forbidding(sample.fields().path("provenance"))
                    .ifPresent(licence -> forbidding.merge(licence.title(), 1, Integer::sum));
        }
        return forbidding;
    }

    /** The licence in a sample's provenance that rules out training, if one does: its own, or that of its picture. */
    public static Optional<Licence> forbidding(JsonNode provenance) {
        return Stream.of(provenance.path("licence"), provenance.path("picture").path("licence"))
                .map(PictureProvenance::licence)
                .filter(licence -> licence.training() == Training.FORBIDDEN)
                .findFirst();
    }

    /**
     * Refuses samples whose terms rule out training.
     *
     * @param file that they were read from
     * @throws InputException if there are any
     */
    public static void refuse(Path file, List<SsuiSample> samples) {
        SortedMap<String, Integer> forbidding = forbidding(samples);
        if (!forbidding.isEmpty()) {
            int count = forbidding.values().stream().mapToInt(Integer::intValue).sum();
            throw new InputException(count + " of " + samples.size() + " samples of " + file
                    + " stand under terms that forbid training ("
                    + forbidding.entrySet().stream()
                            .map(licence -> licence.getValue() + " " + licence.getKey())
                            .collect(Collectors.joining(", "))
                    + "): leave them out, or say --allow-licence if you have the right");
        }
    }
}
