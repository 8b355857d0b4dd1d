package org.espalier.studio.internal.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Who may come in: whoever shows the token gets a session, and is known by its cookie from then on. Thread-safe. */
final class Sessions {
    /** Sessions kept; beyond that the one that was not seen for longest is forgotten. */
    private static final int MOST = 1000;

    private final SecureRandom random = new SecureRandom();
    private final String token;
    private final Map<String, Session> open = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Session> eldest) {
            return size() > MOST;
        }
    };

    Sessions() {
        this.token = secret();
    }

    String token() {
        return token;
    }

    /** A new session's name for its cookie, if the token is right. */
    Optional<String> enter(String shown) {
        if (!equal(token, shown)) {
            return Optional.empty();
        }
        String name = secret();
        synchronized (open) {
            open.put(name, new Session(secret()));
        }
        return Optional.of(name);
    }

    Optional<Session> find(String name) {
        synchronized (open) {
            return Optional.ofNullable(open.get(name));
        }
    }

    /** Compares in a time that says nothing about where two texts differ. */
    static boolean equal(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    private String secret() {
        byte[] bytes = new byte[24];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
