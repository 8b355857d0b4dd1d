import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * Packs a folder for {@code bin/release}: leaves native libraries of other platforms out of its jars, then writes it as a
 * tar.gz whose bytes depend on nothing but what the files hold.
 */
final class Archive {
    private static final Pattern NATIVE = Pattern.compile(".*\\.(so|dll|dylib|jnilib|a)([._].*)?");

    /** What other people's jars call a platform, in the names of folders or files. */
    private static final Map<String, Pattern> PLATFORMS = Map.of(
            "linux-x86_64", Pattern.compile(".*[/_](linux|Linux)[-_/](x86[-_]64|amd64)(/.*|$)"),
            "linux-arm64", Pattern.compile(".*[/_](linux|Linux)[-_/](arm64|aarch64)(/.*|$)"),
            "macosx-arm64", Pattern.compile(".*[/_](macosx|macos|osx|darwin|Mac)[-_/](arm64|aarch64)(/.*|$)"));

    private Archive() {}

    /** Takes the folder, the platform as javacpp names it, the time of all files, and the file to write. */
    public static void main(String[] words) throws IOException {
        Path folder = Path.of(words[0]);
        Pattern platform = Optional.ofNullable(PLATFORMS.get(words[1]))
                .orElseThrow(() -> new IllegalArgumentException("no archive is made for " + words[1] + ", only for "
                        + String.join(", ", PLATFORMS.keySet())));
        Predicate<String> foreign = name ->
                NATIVE.matcher(name).matches() && !platform.matcher(name).matches();
        for (Path jar : paths(folder.resolve("lib"))) {
            if (Files.isRegularFile(jar)) {
                leaveOut(foreign, jar);
            }
        }
        pack(folder, OffsetDateTime.parse(words[2]).toInstant(), Path.of(words[3]));
    }

    /** Rewrites a jar without the entries whose names are refused; one that has none stays as it is. */
    private static void leaveOut(Predicate<String> refused, Path jar) throws IOException {
        Path part = jar.resolveSibling(jar.getFileName() + ".part");
        try (ZipFile in = new ZipFile(jar.toFile())) {
            if (in.stream().map(ZipEntry::getName).noneMatch(refused)) {
                return;
            }
            try (ZipOutputStream out = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(part)))) {
                out.setLevel(Deflater.BEST_COMPRESSION);
                for (Enumeration<? extends ZipEntry> entries = in.entries(); entries.hasMoreElements(); ) {
                    ZipEntry entry = entries.nextElement();
                    if (!refused.test(entry.getName())) {
                        ZipEntry copy = new ZipEntry(entry.getName());
                        copy.setTimeLocal(entry.getTimeLocal());
                        out.putNextEntry(copy);
                        try (InputStream content = in.getInputStream(entry)) {
                            content.transferTo(out);
                        }
                    }
                }
            }
        }
        Files.move(part, jar, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void pack(Path folder, Instant time, Path archive) throws IOException {
        Path part = archive.resolveSibling(archive.getFileName() + ".part");
        try (OutputStream file = Files.newOutputStream(part);
                TarArchiveOutputStream tar = new TarArchiveOutputStream(
                        new GZIPOutputStream(new BufferedOutputStream(file, 1 << 16), 1 << 16))) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            for (Path path : paths(folder)) {
                String name = folder.getParent().relativize(path).toString();
                tar.putArchiveEntry(entry(path, name, time));
                if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
                    Files.copy(path, tar);
                }
                tar.closeArchiveEntry();
            }
        }
        Files.move(part, archive, StandardCopyOption.REPLACE_EXISTING);
    }

    private static List<Path> paths(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.sorted().toList();
        }
    }

    private static TarArchiveEntry entry(Path path, String name, Instant time) throws IOException {
        TarArchiveEntry entry;
        if (Files.isSymbolicLink(path)) {
            entry = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
            entry.setLinkName(Files.readSymbolicLink(path).toString());
        } else if (Files.isDirectory(path)) {
            entry = new TarArchiveEntry(name + "/");
            entry.setMode(0755);
        } else {
            entry = new TarArchiveEntry(name);
            entry.setSize(Files.size(path));
            entry.setMode(Files.isExecutable(path) ? 0755 : 0644);
        }
        entry.setModTime(FileTime.from(time));
        return entry;
    }
}
