package org.espalier.hub.repository;

import java.util.regex.Pattern;
import org.espalier.core.InputException;

/**
 * A repository of a hub.
 *
 * @param owner a person or an organisation
 */
public record RepositoryName(Kind kind, String owner, String name) {
    /** What a repository holds. */
    public enum Kind {
        MODEL("models", ""),
        DATASET("datasets", "datasets/");

        private final String plural;
        private final String prefix;

        Kind(String plural, String prefix) {
            this.plural = plural;
            this.prefix = prefix;
        }

        /** As addresses of the API and folders of the cache have it. */
        public String plural() {
            return plural;
        }

        /** As the API has it for a new repository. */
        public String label() {
            return plural.substring(0, plural.length() - 1);
        }
    }

    /** Letters, digits, and between them dots, low lines and hyphens; two hyphens part owner and name in the cache. */
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_](?:[A-Za-z0-9._-]{0,94}[A-Za-z0-9_])?");

    public RepositoryName {
        if (!isWord(owner) || !isWord(name)) {
            throw new InputException("'" + owner + "/" + name + "' is no name of a repository: write OWNER/NAME with"
                    + " letters, digits, '.', '_' and '-'");
        }
    }

    static boolean isWord(String word) {
        return WORD.matcher(word).matches() && !word.contains("--") && !word.contains("..");
    }

    /** As {@code OWNER/NAME}. */
    public String id() {
        return owner + "/" + name;
    }

    /** Its address below that of the hub, without a slash at either end. */
    public String address() {
        return kind.prefix + id();
    }

    /** Its address in the hub's API. */
    public String api() {
        return "api/" + kind.plural + "/" + id();
    }

    /** Its folder in the cache. */
    public String folder() {
        return kind.plural + "--" + owner + "--" + name;
    }

    @Override
    public String toString() {
        return id();
    }
}
