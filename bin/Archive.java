import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Packs a folder for {@code bin/release}: leaves native libraries of other platforms out of its jars, then writes it as a
 * tar.gz whose bytes depend on nothing but what the files hold. Not every system's tar can be told to do that.
 */
final class Archive {
    private static final Pattern NATIVE = Pattern.compile(".*\\.(so|dll|dylib|jnilib|a)([._].*)?");

    /** What other people's jars call a platform, in the names of folders or files. */
    private static final Map<String, Pattern> PLATFORMS = Map.of(
            "linux-x86_64", Pattern.compile("(.*[/_])?(linux|Linux)[-_/](x86[-_]64|amd64)(/.*|$)"),
            "linux-arm64", Pattern.compile("(.*[/_])?(linux|Linux)[-_/](arm64|aarch64)(/.*|$)"),
            "macosx-arm64", Pattern.compile("(.*[/_])?(macosx|macos|osx|darwin|Mac)[-_/](arm64|aarch64)(/.*|$)"));

    private static final int BLOCK = 512;

    private final Path folder;
    private final Instant time;
    private final OutputStream out;

    private Archive(Path folder, Instant time, OutputStream out) {
        this.folder = folder;
        this.time = time;
        this.out = out;
    }

    /**
     * {@code trim FOLDER PLATFORM} leaves out what is not needed where the platform is as javacpp names it; {@code pack
     * FOLDER TIME FILE} writes the file, in which everything is as old as the time says.
     */
    public static void main(String[] words) throws IOException {
        Path folder = Path.of(words[1]);
        if (words[0].equals("trim")) {
            trim(folder, words[2]);
            return;
        }
        Path archive = Path.of(words[3]);
        Path part = archive.resolveSibling(archive.getFileName() + ".part");
        try (OutputStream out = new GZIPOutputStream(new BufferedOutputStream(Files.newOutputStream(part)), 1 << 16)) {
            new Archive(folder, OffsetDateTime.parse(words[2]).toInstant(), out).write();
        }
        Files.move(part, archive, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void trim(Path folder, String name) throws IOException {
        Pattern platform = Optional.ofNullable(PLATFORMS.get(name))
                .orElseThrow(() -> new IllegalArgumentException(
                        "no archive is made for " + name + ", only for " + String.join(", ", PLATFORMS.keySet())));
        Predicate<String> foreign = file ->
                NATIVE.matcher(file).matches() && !platform.matcher(file).matches();
        Set<String> used = classPath(folder.resolve("app.jar"));
        for (Path jar : paths(folder.resolve("lib"))) {
            if (used.contains(folder.relativize(jar).toString())) {
                leaveOut(foreign, jar);
            } else if (Files.isRegularFile(jar)) {
                Files.delete(jar);
            }
        }
    }

    /** The jars that a jar's manifest names. */
    private static Set<String> classPath(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return Set.of(file.getManifest()
                    .getMainAttributes()
                    .getValue(Attributes.Name.CLASS_PATH)
                    .split(" "));
        }
    }

    private static List<Path> paths(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.sorted().toList();
        }
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

    /** The folder as POSIX's ustar: everything in the order of its names, owned by nobody. */
    private void write() throws IOException {
        for (Path path : paths(folder)) {
            String name = folder.getParent().relativize(path).toString();
            if (Files.isSymbolicLink(path)) {
                out.write(header(name, 0777, 0, '2', Files.readSymbolicLink(path).toString()));
            } else if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                out.write(header(name + "/", 0755, 0, '5', ""));
            } else {
                long size = Files.size(path);
                out.write(header(name, Files.isExecutable(path) ? 0755 : 0644, size, '0', ""));
                Files.copy(path, out);
                out.write(new byte[(int) (-size & (BLOCK - 1))]);
            }
        }
        out.write(new byte[2 * BLOCK]);
    }

    private byte[] header(String name, int mode, long size, char kind, String target) {
        byte[] header = new byte[BLOCK];
        // Of a long name the first folders stand in a field of their own.
        int cut = name.length() <= 100 ? -1 : name.indexOf('/', name.length() - 101);
        put(header, 0, 100, name.substring(cut + 1));
        put(header, 100, 8, "%07o".formatted(mode));
        put(header, 108, 8, "%07o".formatted(0));
        put(header, 116, 8, "%07o".formatted(0));
        put(header, 124, 12, "%011o".formatted(size));
        put(header, 136, 12, "%011o".formatted(time.getEpochSecond()));
        put(header, 148, 8, " ".repeat(8));
        put(header, 156, 1, String.valueOf(kind));
        put(header, 157, 100, target);
        put(header, 257, 8, "ustar\00000");
        put(header, 345, 155, cut < 0 ? "" : name.substring(0, cut));
        int sum = 0;
        for (byte value : header) {
            sum += value & 0xff;
        }
        put(header, 148, 8, "%06o\0 ".formatted(sum));
        return header;
    }

    private static void put(byte[] header, int at, int length, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > length) {
            throw new IllegalArgumentException("too long for a tar: " + text);
        }
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }
}
