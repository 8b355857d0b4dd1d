package org.espalier.picture.internal.webp;

import com.luciad.imageio.webp.WebPImageReaderSpi;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.espalier.core.SurroundingsException;

/** How {@link DecodingProgram} is started: by the Java that runs here, with the few classes that it needs. */
final class DecodingCommand {
    private DecodingCommand() {}

    static List<String> ofThisJava() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // An image of 100 megapixels (0.4 GB), its RGB (0.3 GB) and its file; what is not needed is not taken.
                "-Xmx1536m",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                // A crash leaves no file behind, and nothing but answers reaches the standard output.
                "-XX:+SuppressFatalErrorMessage",
                "-XX:-CreateCoredumpOnCrash",
                "-Xlog:disable",
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.awt.headless=true",
                "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"),
                "-cp",
                classPath(),
                DecodingProgram.class.getName());
    }

    private static String classPath() {
        return Stream.of(DecodingProgram.class, WebPImageReaderSpi.class, kotlin.Unit.class)
                .map(DecodingCommand::place)
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String place(Class<?> type) {
        try {
            CodeSource source = Optional.ofNullable(type.getProtectionDomain().getCodeSource())
                    .orElseThrow(() -> new IllegalArgumentException("no place"));
            return Path.of(source.getLocation().toURI()).toString();
        } catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException e) {
            throw new SurroundingsException(
                    "WebP pictures are decoded in a process of their own, whose classes must lie in a folder or a jar, and "
                            + type.getName() + " does not; convert WebP pictures to PNG.",
                    e);
        }
    }
}
