package org.espalier.app.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.espalier.report.study.StudyCommits;

/** What git says of the checkout that runs; nothing where there is no git, or no checkout of it. */
final class CheckoutHistory {
    private CheckoutHistory() {}

    /** The commits of the checkout and of a study's file in whatever checkout has it. */
    static StudyCommits of(Path file) {
        Path whole = file.toAbsolutePath();
        Path folder = whole.resolveSibling(".");
        String name = String.valueOf(whole.getFileName());
        boolean differs = git(folder, "status", "--porcelain", "--", name)
                .map(it -> !it.isEmpty())
                .orElse(true);
        return new StudyCommits(
                Place.root()
                        .flatMap(root -> git(root, "describe", "--always", "--dirty", "--abbrev=40", "--exclude=*"))
                        .filter(CheckoutHistory::isCommit),
                differs
                        ? Optional.empty()
                        : git(folder, "log", "-1", "--format=%H", "--", name).filter(CheckoutHistory::isCommit));
    }

    private static boolean isCommit(String said) {
        return said.matches("[0-9a-f]{7,64}(-dirty)?");
    }

    private static Optional<String> git(Path folder, String... words) {
        List<String> command = new ArrayList<>(List.of("git", "--no-optional-locks", "-C", folder.toString()));
        command.addAll(List.of(words));
        try {
            Process git = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return git.waitFor(10, TimeUnit.SECONDS) && git.exitValue() == 0 ? Optional.of(said) : Optional.empty();
        } catch (IOException _) {
            return Optional.empty();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
