package org.espalier.studio.review;

import java.nio.file.Path;
import org.espalier.ssui.review.Drafts;
import org.espalier.ssui.taxonomy.Taxonomy;

/**
 * Drafts to revise.
 *
 * @param name as part of addresses; letters, digits, dots, dashes
 * @param pictures the folder below which drafts name their pictures
 */
public record Review(String name, Drafts drafts, Path pictures, Taxonomy taxonomy) {
    String address(String page) {
        return "/review/" + name + (page.isEmpty() ? "" : "/" + page);
    }
}
