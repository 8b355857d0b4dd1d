package org.espalier.ssui.pool;

import java.util.Arrays;
import org.espalier.ssui.pool.Safety.Verdict;
import tools.jackson.databind.JsonNode;

/**
 * What a sample itself says of its picture, as an export wrote it into {@code provenance.picture}. What it does not say
 * is unknown; nothing is complained of, since {@code ssui check} does that.
 */
public record ToldPicture(Licence licence, PictureSource source, Safety safety) {
    private static final ToldPicture NOTHING =
            new ToldPicture(Licence.UNKNOWN, PictureSource.of("", ""), Safety.UNVERIFIED);

    /**
     * Reads it.
     *
     * @param provenance of the sample
     * @param sha256 of the picture that the sample shows; what is told of another picture does not count, but terms that
     *     are told without a hash do
     */
    public static ToldPicture of(JsonNode provenance, String sha256) {
        JsonNode picture = provenance.path("picture");
        String told = picture.path("sha256").asString("");
        if (told.isEmpty()) {
            return new ToldPicture(licence(picture.path("licence")), NOTHING.source, NOTHING.safety);
        }
        return told.equals(sha256)
                ? new ToldPicture(
                        licence(picture.path("licence")),
                        source(picture.path("source")),
                        safety(picture.path("safety")))
                : NOTHING;
    }

    /** The same picture with what is told here wherever the pool knows nothing; terms that forbid training stay. */
    public PooledPicture into(PooledPicture pooled) {
        boolean terms = pooled.licence().equals(Licence.UNKNOWN) || licence.training() == Training.FORBIDDEN;
        boolean place = pooled.source().isPlace() && !source.collection().isEmpty();
        return pooled.with(
                terms ? licence : pooled.licence(),
                place ? source : pooled.source(),
                pooled.safety().verdict() == Verdict.UNVERIFIED && safety.verdict() != Verdict.UNVERIFIED
                        ? safety
                        : pooled.safety());
    }

    /** Terms as a sample holds them. */
    public static Licence licence(JsonNode in) {
        return new Licence(
                in.path("name").asString(""),
                in.path("url").asString(""),
                Training.of(in.path("training").asString("")).orElse(Training.UNSTATED));
    }

    private static PictureSource source(JsonNode in) {
        return new PictureSource(
                in.path("collection").asString(""),
                in.path("key").asString(""),
                in.path("url").asString(""),
                in.path("author").asString(""),
                in.path("title").asString(""));
    }

    private static Safety safety(JsonNode in) {
        String label = in.path("verdict").asString("");
        return new Safety(
                Arrays.stream(Verdict.values())
                        .filter(verdict -> verdict.label().equals(label))
                        .findFirst()
                        .orElse(Verdict.UNVERIFIED),
                in.path("reason").asString(""),
                in.path("by").asString(""));
    }
}
