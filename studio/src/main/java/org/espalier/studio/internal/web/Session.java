package org.espalier.studio.internal.web;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** One browser that showed the token. Thread-safe. */
public final class Session {
    private final String csrf;
    private final AtomicReference<String> reviewer = new AtomicReference<>("");
    private final AtomicReference<String> said = new AtomicReference<>("");

    Session(String csrf) {
        this.csrf = csrf;
    }

    /** What every form must bring along, so that no other site can send one. */
    public String csrf() {
        return csrf;
    }

    /** Who sits there, once they have said so. */
    public Optional<String> reviewer() {
        String name = reviewer.get();
        return name.isEmpty() ? Optional.empty() : Optional.of(name);
    }

    public void reviewer(String name) {
        reviewer.set(name);
    }

    /** Leaves a sentence for the next page. */
    public void say(String sentence) {
        said.set(sentence);
    }

    /** Takes the sentence that was left; empty if there is none. */
    public String said() {
        return said.getAndSet("");
    }
}
