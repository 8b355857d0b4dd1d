package org.espalier.ssui.pool;

import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
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
            JsonNode provenance = sample.fields().path("provenance");
            JsonNode own = provenance.path("licence");
            JsonNode pictures = provenance.path("picture").path("licence");
            if (forbids(own)) {
                forbidding.merge(title(own), 1, Integer::sum);
            } else if (forbids(pictures)) {
                forbidding.merge(title(pictures), 1, Integer::sum);
            }
        }
        return forbidding;
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
                    + " stand under terms that forbid training " + forbidding
                    + ": leave them out, or say --allow-licence if you have the right");
        }
    }

    private static boolean forbids(JsonNode licence) {
        return licence.path("training").asString("").equals(Training.FORBIDDEN.label());
    }

    private static String title(JsonNode licence) {
        return new Licence(
                        licence.path("name").asString(""), licence.path("url").asString(""), Training.FORBIDDEN)
                .title();
    }
}
