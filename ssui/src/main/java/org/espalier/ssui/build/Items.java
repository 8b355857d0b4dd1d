package org.espalier.ssui.build;

import java.util.ArrayList;
import java.util.List;
import org.espalier.core.Risk;
import org.espalier.core.file.Json;
import org.espalier.core.file.Sha256;
import org.espalier.ssui.agent.Sketch;
import org.espalier.ssui.pool.Pool;
import org.espalier.ssui.pool.PooledPicture;
import org.espalier.store.work.NewItem;
import tools.jackson.databind.JsonNode;

/** From pictures to items of work and back. What an item is depends on its picture and the seed alone. */
record Items(Pool pool, BuildSettings settings) {
    private static final String TWIN = "-safe";
    private static final int ID = 16;

    /** The sketches that a picture begins: one, or two where it is drawn to have a safe twin. */
    List<NewItem> of(PooledPicture picture) {
        List<NewItem> items = new ArrayList<>();
        items.add(item(picture, picture.id(), Risk.UNSAFE));
        if (hasTwin(picture.id())) {
            items.add(item(picture, picture.id() + TWIN, Risk.SAFE));
        }
        return items;
    }

    private NewItem item(PooledPicture picture, String id, Risk risk) {
        String aim = settings.quotas().aim(settings.seed(), id);
        return item(Stages.FIRST, Sketch.blank(id, pool.file(picture), risk, aim));
    }

    /** A sketch as an item of a stage. */
    static NewItem item(String stage, Sketch sketch) {
        return new NewItem(stage, sketch.id(), Json.line(sketch.json()));
    }

    /** The sketch of an item. */
    Sketch sketch(JsonNode payload, PooledPicture picture) {
        return Sketch.of(payload, pool.file(picture));
    }

    /** The id of the picture of an item. */
    static String picture(String id) {
        return id.substring(0, Math.min(ID, id.length()));
    }

    boolean hasTwin(String picture) {
        if (settings.twins() == 0) {
            return false;
        }
        String hash = Sha256.of(settings.seed() + " twin " + picture).substring(0, 13);
        return Long.parseLong(hash, 16) / (double) (1L << 52) < settings.twins();
    }

    /** The other of a pair of twins, if there is one. */
    java.util.Optional<String> twin(String id) {
        if (id.endsWith(TWIN)) {
            return java.util.Optional.of(id.substring(0, id.length() - TWIN.length()));
        }
        return hasTwin(id) ? java.util.Optional.of(id + TWIN) : java.util.Optional.empty();
    }
}
