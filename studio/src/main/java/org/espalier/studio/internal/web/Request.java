package org.espalier.studio.internal.web;

/**
 * What a browser asked, after it was let in.
 *
 * @param post whether it wants to change something; its form then brought the session's secret
 * @param path from the root, decoded
 * @param query fields of the address
 * @param form fields of the body; none unless {@code post}
 */
public record Request(boolean post, String path, FormFields query, FormFields form, Session session) {
    /** The parts of the path between its slashes, {@code /review/demo} giving {@code review} and {@code demo}. */
    public String part(int number) {
        String[] parts = path.substring(1).split("/", -1);
        return number < parts.length ? parts[number] : "";
    }
}
