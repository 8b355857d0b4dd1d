package org.espalier.studio.run;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A run to look at.
 *
 * @param name as part of addresses; letters, digits, dots, dashes
 * @param verb what it is a run of
 * @param review the name under which its drafts are open for revision, if they are
 */
public record RunPlace(String name, Path folder, String verb, Optional<String> review) {
    String address(String page) {
        return "/run/" + name + (page.isEmpty() ? "" : "/" + page);
    }
}
