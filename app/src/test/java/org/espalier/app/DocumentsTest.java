package org.espalier.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.espalier.core.file.Sha256;
import org.junit.jupiter.api.Test;

/** Holds the documents to what is there. */
class DocumentsTest {
    private static final Path ROOT = Path.of(System.getProperty("espalier.root"));
    private static final Pattern TREE_LINE = Pattern.compile("(?m)^( *)([\\w./-]+)  +\\S.*$");
    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:|#)([^)#\\s]+)(?:#[^)]*)?\\)");
    private static final Pattern CODE_NAME = Pattern.compile("`([A-Z]\\w+)(?:[.#(][^`]*)?`");
    private static final Pattern JAR = Pattern.compile("(.+?)-(\\d[\\w.]*(?:-\\d[\\d.]*)?)(?:-[a-z]+-[\\w]+)?\\.jar");

    @Test
    void theReadmesFileTreeIsTrue() throws IOException {
        String readme = Files.readString(ROOT.resolve("README.md"));
        String tree = readme.substring(readme.indexOf("```tree") + 7);
        tree = tree.substring(0, tree.indexOf("```"));
        Set<String> told = new TreeSet<>();
        String room = "";
        for (MatchResult line : TREE_LINE.matcher(tree).results().toList()) {
            boolean inside = !line.group(1).isEmpty();
            if (!inside) {
                room = line.group(2);
            }
            told.add(strip(inside ? room + line.group(2) : room));
        }

        assertThat(told).allSatisfy(path -> assertThat(ROOT.resolve(path)).exists());
        assertThat(told).containsAll(topLevel());
    }

    @Test
    void filesAreAsShortAsTheStyleSays() throws IOException {
        List<Integer> lengths = new ArrayList<>();
        try (Stream<Path> files = Files.walk(ROOT)) {
            for (Path file : files.filter(file -> file.toString().matches(".*/src/main/.*\\.java"))
                    .toList()) {
                int lines = Files.readAllLines(file).size();
                assertThat(lines).as(ROOT.relativize(file).toString()).isLessThanOrEqualTo(400);
                lengths.add(lines);
            }
        }
        assertThat(lengths.stream().sorted().toList().get(lengths.size() / 2)).isLessThan(80);
    }

    @Test
    void everyLinkLeadsToAFile() throws IOException {
        for (Path document : documents()) {
            for (MatchResult link :
                    LINK.matcher(Files.readString(document)).results().toList()) {
                assertThat(document.resolveSibling(link.group(1)))
                        .as("a link in " + ROOT.relativize(document))
                        .exists();
            }
        }
    }

    @Test
    void theGlossaryNamesClassesThatExist() throws IOException {
        Set<String> classes = new TreeSet<>();
        try (Stream<Path> files = Files.walk(ROOT)) {
            files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.endsWith(".java"))
                    .forEach(name -> classes.add(name.substring(0, name.length() - 5)));
        }
        List<String> named = CODE_NAME
                .matcher(Files.readString(ROOT.resolve("docs/glossary.md")))
                .results()
                .map(match -> match.group(1))
                .toList();

        assertThat(named).isNotEmpty().allSatisfy(name -> assertThat(classes).contains(name));
    }

    @Test
    void everyJarThatIsHandedOutIsAcknowledged() throws IOException {
        String notices = Files.readString(ROOT.resolve("THIRD-PARTY.md"));
        Set<String> jars = Stream.of(Files.readString(ROOT.resolve("app/target/runtime-class-path.txt"))
                        .split("[:;\\s]+"))
                .map(jar -> Path.of(jar).getFileName().toString())
                .map(jar -> {
                    var parts = JAR.matcher(jar);
                    assertThat(parts.matches()).as(jar).isTrue();
                    return "`" + parts.group(1) + "` " + parts.group(2);
                })
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(jars)
                .hasSizeGreaterThan(10)
                .allSatisfy(jar -> assertThat(notices).contains("| " + jar + " |"));
        assertThat(Pattern.compile("(?m)^\\| (`[\\w-]+` [\\d][\\w.-]*) \\|")
                        .matcher(notices)
                        .results()
                        .map(row -> row.group(1)))
                .allSatisfy(row -> assertThat(jars).contains(row));
    }

    @Test
    void everyJarThatIsHandedOutIsTheOneThatWasLookedAt() throws IOException {
        Map<String, String> sums = Files.readAllLines(ROOT.resolve("THIRD-PARTY.sha256")).stream()
                .map(line -> line.split("  "))
                .collect(Collectors.toMap(parts -> parts[1], parts -> parts[0]));
        for (String jar : Files.readString(ROOT.resolve("app/target/runtime-class-path.txt"))
                .split("[:;\\s]+")) {
            String name = Path.of(jar).getFileName().toString();
            assertThat(Sha256.of(Path.of(jar))).as(name).isEqualTo(sums.get(name));
        }
    }

    private static Set<String> topLevel() throws IOException {
        try {
            Process git = new ProcessBuilder("git", "ls-files")
                    .directory(ROOT.toFile())
                    .start();
            String files = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            // What an editor or a system puts into any folder is nobody's business.
            return files.lines()
                    .map(file -> file.contains("/") ? file.substring(0, file.indexOf('/')) : file)
                    .filter(name -> !name.startsWith(".git"))
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            return Set.of(); // no git on this machine: a source archive cannot hold strangers
        }
    }

    private static List<Path> documents() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .filter(file -> !ROOT.relativize(file).toString().matches("(.*/)?(target|runs|\\.git|shared)/.*"))
                    .toList();
        }
    }

    private static String strip(String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
}
