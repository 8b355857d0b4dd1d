package org.espalier.report.study;

import java.util.Optional;

/**
 * Where a study stands in the history of its checkout.
 *
 * @param code the commit of the checkout, with {@code -dirty} where files differ from it; empty where it is not known
 * @param file the last commit that changed the study's file, so that a reader sees whether rows, settings and worlds were there
 *     before a result was; empty where it is not known or the file differs from it
 */
public record StudyCommits(Optional<String> code, Optional<String> file) {
    public static final StudyCommits UNKNOWN = new StudyCommits(Optional.empty(), Optional.empty());

    /** As the end of a sentence: {@code , commit 1a2b}; empty where nothing is known. */
    public String words() {
        return code.map(commit -> ", commit " + commit).orElse("")
                + file.map(commit -> ", rows and worlds as of commit " + commit).orElse("");
    }
}
