package org.espalier.ssui.build;

import java.util.List;
import java.util.Optional;
import org.espalier.core.Risk;
import org.espalier.core.Seed;
import org.espalier.ssui.agent.WorkingSample;
import org.espalier.ssui.pool.Pool;
import org.espalier.ssui.pool.PooledPicture;

/**
 * Which samples are made of which picture: one, or two where it is drawn to have a safe twin. All of it depends on the
 * picture and the seed alone.
 */
record SamplePlan(Pool pool, BuildSettings settings) {
    private static final String TWIN = "-safe";
    private static final int PICTURE_ID = 16;

    /** The ids of the samples of a picture. */
    List<String> ids(String picture) {
        return hasTwin(picture) ? List.of(picture, picture + TWIN) : List.of(picture);
    }

    /** The id of the picture of a sample. */
    static String picture(String id) {
        return id.substring(0, Math.min(PICTURE_ID, id.length()));
    }

    /** The sample before any agent has seen it. */
    WorkingSample blank(String id, PooledPicture picture) {
        Risk risk = id.endsWith(TWIN) ? Risk.SAFE : Risk.UNSAFE;
        return WorkingSample.blank(
                id, pool.file(picture), risk, settings.quotas().aim(settings.seed(), id));
    }

    /** The other of a pair of twins, if there is one. */
    Optional<String> twin(String id) {
        if (id.endsWith(TWIN)) {
            return Optional.of(id.substring(0, id.length() - TWIN.length()));
        }
        return hasTwin(id) ? Optional.of(id + TWIN) : Optional.empty();
    }

    private boolean hasTwin(String picture) {
        if (settings.twins() == 0) {
            return false;
        }
        return Seed.of(settings.seed(), "twins").and(picture).fraction() < settings.twins();
    }
}
