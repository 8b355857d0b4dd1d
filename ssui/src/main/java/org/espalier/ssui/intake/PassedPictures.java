package org.espalier.ssui.intake;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.espalier.picture.Scan;
import org.espalier.picture.similar.NearIndex;
import org.espalier.ssui.pool.PictureSource;
import org.espalier.ssui.pool.PooledPicture;

/** The pictures that passed so far, to compare the next one with. */
final class PassedPictures {
    private final Map<String, String> idOfContent = new HashMap<>();
    private final List<String> ids = new ArrayList<>();
    private final Optional<NearIndex> index;
    private int pooled;

    /** @param near as in {@link IntakeSettings} */
    PassedPictures(int near) {
        index = near < 0 ? Optional.empty() : Optional.of(new NearIndex(near));
    }

    /** Why this picture is one too many; empty if it is new. */
    Optional<Refusal> duplicate(PictureSource source, Scan.Sound picture) {
        String same = idOfContent.get(picture.sha256());
        if (same != null) {
            return Optional.of(new Refusal(source, Refusal.DUPLICATE, "has the bytes of " + same));
        }
        OptionalInt near = index.map(known -> known.first(picture.phash())).orElseGet(OptionalInt::empty);
        return near.isPresent()
                ? Optional.of(new Refusal(source, Refusal.NEAR_DUPLICATE, "looks like " + ids.get(near.getAsInt())))
                : Optional.empty();
    }

    /** Remembers a picture that passed. */
    void add(PooledPicture picture) {
        idOfContent.put(picture.sha256(), picture.id());
        ids.add(picture.id());
        index.ifPresent(known -> known.add(picture.phash()));
    }

    /** Takes over what an earlier process decided. */
    void count(Decision decision) {
        switch (decision) {
            case Decision.Pooled(PooledPicture picture) -> {
                add(picture);
                pooled++;
            }
            case Decision.Unsafe(PooledPicture picture, Refusal refusal) -> add(picture);
            case Decision.Refused refused -> {
                return;
            }
        }
    }

    /** One more is in the pool. */
    void countPooled() {
        pooled++;
    }

    /** How many are in the pool. */
    int pooled() {
        return pooled;
    }
}
