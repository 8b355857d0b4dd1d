package org.espalier.ssui.intake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.espalier.core.InputException;
import org.espalier.core.file.FileTrouble;
import org.espalier.core.file.Json;
import org.espalier.ssui.pool.Pool;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * What an intake did: {@code intake.json}.
 *
 * @param rows pictures that the lists named
 * @param drawn of them, those that were drawn
 * @param seen of them, those that were looked at before the pool was full
 * @param pooled of them, those taken
 * @param refused the others, by reason
 * @param verdicts on those taken, by verdict
 * @param licences of those taken, by name
 */
public record IntakeSummary(
        long rows,
        int drawn,
        int seen,
        int pooled,
        SortedMap<String, Integer> refused,
        SortedMap<String, Integer> verdicts,
        SortedMap<String, Integer> licences) {
    /** Its file in the pool's folder. */
    public static final String NAME = "intake.json";

    static IntakeSummary of(long rows, int drawn, List<Decision> decisions) {
        SortedMap<String, Integer> refused = new TreeMap<>();
        SortedMap<String, Integer> verdicts = new TreeMap<>();
        SortedMap<String, Integer> licences = new TreeMap<>();
        int pooled = 0;
        for (Decision decision : decisions) {
            switch (decision) {
                case Decision.Pooled in -> {
                    pooled++;
                    verdicts.merge(in.picture().safety().verdict().label(), 1, Integer::sum);
                    licences.merge(in.picture().licence().title(), 1, Integer::sum);
                }
                case Decision.Refused out -> refused.merge(out.refusal().reason(), 1, Integer::sum);
                case Decision.Unsafe out -> refused.merge(out.refusal().reason(), 1, Integer::sum);
            }
        }
        return new IntakeSummary(rows, drawn, decisions.size(), pooled, refused, verdicts, licences);
    }

    /** Reads what an intake has left in its pool. */
    public static IntakeSummary read(Pool pool) {
        Path file = pool.folder().resolve(NAME);
        try {
            JsonNode read = Json.parse(Files.readString(file));
            return new IntakeSummary(
                    read.path("rows").asLong(),
                    read.path("drawn").asInt(),
                    read.path("seen").asInt(),
                    read.path("pooled").asInt(),
                    counts(read.path("refused")),
                    counts(read.path("verdicts")),
                    counts(read.path("licences")));
        } catch (IOException e) {
            throw FileTrouble.reading(file, e);
        } catch (JacksonException e) {
            throw new InputException(file + " " + Json.complaint(e), e);
        }
    }

    private static SortedMap<String, Integer> counts(JsonNode read) {
        SortedMap<String, Integer> counts = new TreeMap<>();
        read.properties()
                .forEach(entry -> counts.put(entry.getKey(), entry.getValue().asInt()));
        return counts;
    }
}
