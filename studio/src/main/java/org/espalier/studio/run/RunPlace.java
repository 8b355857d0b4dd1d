package org.espalier.studio.run;

import java.nio.file.Path;

/**
 * A run to look at.
 *
 * @param name as part of addresses; letters, digits, dots, dashes
 * @param verb what it is a run of
 */
public record RunPlace(String name, Path folder, String verb) {
    String address(String page) {
        return "/run/" + name + (page.isEmpty() ? "" : "/" + page);
    }
}
