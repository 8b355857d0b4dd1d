package org.espalier.ssui.pool;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.espalier.core.file.Fields;
import org.espalier.core.file.JsonLines;
import org.espalier.core.file.Problems;
import org.espalier.ssui.pool.Safety.Verdict;
import tools.jackson.databind.JsonNode;

/**
 * What a sample itself says of its picture, as an export wrote it into {@code provenance.picture}. What it does not say
 * is unknown; nothing is complained of, since {@code ssui check} does that.
 */
public record PictureProvenance(Licence licence, PictureSource source, Safety safety) {
    private static final PictureProvenance NOTHING =
            new PictureProvenance(Licence.UNKNOWN, PictureSource.of("", ""), Safety.UNVERIFIED);

    /**
     * Reads it.
     *
     * @param provenance of the sample
     * @param sha256 of the picture that the sample shows; what is told of another picture does not count, but terms that
     *     are told without a hash do
     */
    public static PictureProvenance of(JsonNode provenance, String sha256) {
        JsonNode picture = provenance.path("picture");
        String told = picture.path("sha256").asString("");
        if (told.isEmpty()) {
            return new PictureProvenance(licence(picture.path("licence")), NOTHING.source, NOTHING.safety);
        }
        return told.equals(sha256) ? whole(picture) : NOTHING;
    }

    private static PictureProvenance whole(JsonNode picture) {
        Safety safety = Safety.read(Fields.forgiving(picture.path("safety")));
        return new PictureProvenance(
                licence(picture.path("licence")),
                PictureSource.read(Fields.forgiving(picture.path("source"))),
                new Safety(safety.verdict(), safety.reason(), safety.by()));
    }

    /** The same picture with what is told here wherever the pool knows nothing; terms that forbid training stay. */
    public PooledPicture into(PooledPicture pooled) {
        PictureProvenance both = over(new PictureProvenance(pooled.licence(), pooled.source(), pooled.safety()));
        return pooled.with(both.licence, both.source, both.safety);
    }

    private PictureProvenance over(PictureProvenance pooled) {
        boolean terms = pooled.licence.equals(Licence.UNKNOWN) || licence.training() == Training.FORBIDDEN;
        boolean place = pooled.source.placeOnly() && !source.collection().isEmpty();
        return new PictureProvenance(
                terms ? licence : pooled.licence,
                place ? source : pooled.source,
                pooled.safety.verdict() == Verdict.UNVERIFIED && safety.verdict() != Verdict.UNVERIFIED
                        ? safety
                        : pooled.safety);
    }

    /** What is known of the pictures that drafts name below a folder: from its {@link Pool}'s list and the drafts. */
    public static final class Known {
        private final Path folder;
        private final Map<String, JsonNode> lines = new HashMap<>();
        private boolean read;

        public Known(Path folder) {
            this.folder = folder;
        }

        /** What is known of one. May be called from any thread. */
        public synchronized PictureProvenance of(String image, JsonNode provenance) {
            if (!read) {
                read = true;
                Path list = folder.resolve(Pool.NAME);
                if (Files.isRegularFile(list)) {
                    JsonLines.read(
                            list,
                            new Problems(list),
                            line -> lines.put(line.object().path("image").asString(""), line.object()));
                }
            }
            JsonNode line = lines.get(image);
            String told = provenance.path("picture").path("sha256").asString("");
            return line == null
                    ? PictureProvenance.of(provenance, told)
                    : PictureProvenance.of(provenance, line.path("sha256").asString(""))
                            .over(whole(line));
        }
    }

    /** Terms as a sample holds them. */
    public static Licence licence(JsonNode in) {
        return Licence.read(Fields.forgiving(in));
    }
}
