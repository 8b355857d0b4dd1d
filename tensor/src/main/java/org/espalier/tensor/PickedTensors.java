package org.espalier.tensor;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import org.bytedeco.pytorch.Tensor;
import org.espalier.core.InputException;

/**
 * Tensors picked from several sources, under names of their own. The sources belong to whoever opened them.
 *
 * @param places where each lies
 */
public record PickedTensors(Map<String, Place> places) implements TensorSource {
    /**
     * A tensor of a source.
     *
     * @param name that it has there
     */
    public record Place(TensorSource source, String name) {}

    public PickedTensors {
        places = Collections.unmodifiableMap(places);
    }

    @Override
    public Set<String> names() {
        return places.keySet();
    }

    @Override
    public TensorInfo info(String name) {
        Place place = place(name);
        return place.source().info(place.name());
    }

    @Override
    public Tensor read(String name) {
        Place place = place(name);
        return place.source().read(place.name());
    }

    @Override
    public void read(String name, Tensor into) {
        Place place = place(name);
        place.source().read(place.name(), into);
    }

    private Place place(String name) {
        Place place = places.get(name);
        if (place == null) {
            throw new InputException("there is no tensor " + SafetensorsHeader.quoted(name)
                    + " in the checkpoint: this is a checkpoint of another model or layout");
        }
        return place;
    }

    @Override
    public void close() {}
}
