package org.espalier.ssui.pool;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.espalier.core.file.Fields;

/**
 * Where a picture comes from. What its source does not say is empty.
 *
 * @param collection such as {@code open-images}, {@code coco}, {@code egoshots}, or the name of a folder
 * @param key the picture's name in that collection
 * @param url where it can be seen
 * @param author who made it
 * @param title what its author calls it
 */
public record PictureSource(String collection, String key, String url, String author, String title) {
    /** A picture of which only its place is known. */
    public static PictureSource of(String collection, String key) {
        return new PictureSource(collection, key, "", "", "");
    }

    /** Whether only its place is known. */
    public boolean placeOnly() {
        return url.isEmpty() && author.isEmpty() && title.isEmpty();
    }

    /** As people read it. */
    public String words() {
        String told = Stream.of(
                        collection + (key.isEmpty() ? "" : " " + key),
                        title,
                        author.isEmpty() ? "" : "by " + author,
                        url)
                .filter(words -> !words.isBlank())
                .collect(Collectors.joining(", "));
        return (told.isEmpty() ? "unknown" : told) + ".";
    }

    /** From a file; what is wrong is noted there. */
    public static PictureSource read(Fields in) {
        return new PictureSource(
                in.words("collection"), in.words("key"), in.text("url"), in.text("author"), in.text("title"));
    }
}
