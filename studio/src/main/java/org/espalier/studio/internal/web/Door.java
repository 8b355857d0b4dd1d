package org.espalier.studio.internal.web;

import com.sun.net.httpserver.Headers;
import java.net.URI;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who is let in. The name in the {@code Host} header must be this machine's own, so that no foreign name can be made to
 * point here; a session is needed for everything; and what changes something must come from our own pages.
 */
final class Door {
    private static final Set<String> NAMES = Set.of("127.0.0.1", "localhost", "[::1]");

    private final Sessions sessions;
    private final String cookie;

    /** @param port tells the cookies of two studios on one machine apart */
    Door(Sessions sessions, int port) {
        this.sessions = sessions;
        this.cookie = "espalier-studio-" + port;
    }

    void checkHost(Headers headers) {
        String host = first(headers, "Host");
        if (!NAMES.contains(host.replaceFirst(":\\d+$", ""))) {
            throw new Refused(403, "The studio answers to 127.0.0.1 and localhost alone.");
        }
    }

    Session session(Headers headers) {
        return headers.getOrDefault("Cookie", java.util.List.of()).stream()
                .flatMap(line -> Arrays.stream(line.split(";")))
                .map(String::strip)
                .filter(pair -> pair.startsWith(cookie + "="))
                .flatMap(pair -> sessions.find(pair.substring(cookie.length() + 1)).stream())
                .findFirst()
                .orElseThrow(() -> new Refused(
                        403, "Open the studio with the whole address that the command printed; it holds the key."));
    }

    /** The cookie for a browser that shows the right token. */
    Optional<String> enter(String token) {
        return sessions.enter(token).map(name -> cookie + "=" + name + "; Path=/; HttpOnly; SameSite=Strict");
    }

    /** Throws unless the form came from a page of this session. */
    void checkForm(Headers headers, Session session, FormFields form) {
        String origin = first(headers, "Origin");
        boolean foreign = !origin.isEmpty() && !first(headers, "Host").equals(authority(origin));
        String site = first(headers, "Sec-Fetch-Site");
        if (foreign
                || !(site.isEmpty() || site.equals("same-origin"))
                || !Sessions.equal(session.csrf(), form.one("csrf"))) {
            throw new Refused(403, "This form did not come from a page of this studio: go back, reload, send again.");
        }
    }

    private static @Nullable String authority(String origin) {
        try {
            return URI.create(origin).getAuthority();
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static String first(Headers headers, String name) {
        String value = headers.getFirst(name);
        return value == null ? "" : value;
    }
}
