package org.espalier.hub;

import java.util.List;
import java.util.regex.Pattern;
import org.espalier.hub.repository.RemoteFile;
import org.espalier.hub.repository.RepositoryName;

/** Which files of a repository are fetched, by their paths. */
final class WantedFiles {
    /** What Espalier reads of a model or an adapter, in its first folder. Pickles, which run code when read, are not among it. */
    private static final Pattern OF_MODELS = Pattern.compile(
            "[^/]*\\.(?:safetensors|json|jinja|txt|md)|[^/]*tokenizer[^/]*\\.model|(?i:licen[cs]e|notice|use_policy)[^/]*");

    private static final Pattern HOUSEKEEPING = Pattern.compile("(?:.*/)?\\.git[^/]*");

    private final List<Pattern> patterns;

    private WantedFiles(List<Pattern> patterns) {
        this.patterns = patterns;
    }

    /**
     * @param globs in which {@code *} stands for any letters, those of folders too, and {@code ?} for one; none for the usual
     */
    static WantedFiles of(RepositoryName.Kind kind, List<String> globs) {
        if (!globs.isEmpty()) {
            return new WantedFiles(globs.stream().map(WantedFiles::pattern).toList());
        }
        return new WantedFiles(kind == RepositoryName.Kind.MODEL ? List.of(OF_MODELS) : List.of(Pattern.compile(".*")));
    }

    private static Pattern pattern(String glob) {
        StringBuilder expression = new StringBuilder();
        glob.codePoints()
                .forEach(letter -> expression.append(
                        switch (letter) {
                            case '*' -> ".*";
                            case '?' -> ".";
                            default -> Pattern.quote(Character.toString(letter));
                        }));
        return Pattern.compile(expression.toString());
    }

    boolean has(RemoteFile file) {
        return !HOUSEKEEPING.matcher(file.path()).matches()
                && patterns.stream()
                        .anyMatch(pattern -> pattern.matcher(file.path()).matches());
    }
}
