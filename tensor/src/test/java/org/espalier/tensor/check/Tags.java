package org.espalier.tensor.check;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Where native objects belong, by the identity of the Java object: equal ones may stand for different tensors. */
final class Tags {
    private final Map<Key, Tag> tags = new ConcurrentHashMap<>();
    private final ReferenceQueue<Object> gone = new ReferenceQueue<>();

    private static final class Key extends WeakReference<Object> {
        private final int hash;

        Key(Object of, ReferenceQueue<Object> queue) {
            super(of, queue);
            this.hash = System.identityHashCode(of);
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(Object other) {
            return this == other || (other instanceof Key key && get() != null && get() == key.get());
        }
    }

    Optional<Tag> of(Object object) {
        return Optional.ofNullable(tags.get(new Key(object, gone)));
    }

    void put(Object object, Tag tag) {
        for (Object old = gone.poll(); old != null; old = gone.poll()) {
            tags.remove((Key) old);
        }
        tags.put(new Key(object, gone), tag);
    }
}
