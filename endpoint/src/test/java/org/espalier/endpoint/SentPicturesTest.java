package org.espalier.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.espalier.core.Sampling;
import org.espalier.core.Turn;
import org.espalier.core.UnusablePictureException;
import org.espalier.core.file.Sha256;
import org.espalier.endpoint.ScriptedServer.Reply;
import org.espalier.endpoint.plan.EndpointsFile;
import org.espalier.endpoint.wire.EncodedPicture;
import org.espalier.endpoint.wire.Provider;
import org.espalier.picture.PictureFormat;
import org.espalier.picture.PictureReader;
import org.espalier.picture.PictureSize;
import org.espalier.store.JournalEntry;
import org.espalier.store.Store;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a provider is sent where it does not take a picture as it is. */
class SentPicturesTest {
    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/]{100,}={0,2}");

    @TempDir
    Path folder;

    private Path noise(String name, int width, int height) throws Exception {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        SplittableRandom random = new SplittableRandom(7);
        image.setRGB(0, 0, width, height, random.ints((long) width * height).toArray(), 0, width);
        Path file = folder.resolve(name);
        ImageIO.write(image, name.substring(name.length() - 3), file.toFile());
        return file;
    }

    private EndpointsFile file(String provider, String url) throws Exception {
        Path file = folder.resolve("endpoints.yaml");
        Files.writeString(file, """
            endpoints:
              it: {provider: %s, base-url: '%s', model: m, retries: 0}
            """.formatted(provider, url));
        return EndpointsFile.read(file, List.of());
    }

    private static EndpointRequest shows(Path... pictures) {
        return new EndpointRequest(
                "label",
                List.of(new Turn(Turn.Role.USER, List.of(pictures), "What is it?")),
                Sampling.at(0, 50, 7),
                0,
                Optional.empty());
    }

    private static byte[] sent(String body) {
        Matcher found = BASE64.matcher(body);
        assertThat(found.find()).as(body).isTrue();
        return Base64.getDecoder().decode(found.group());
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai-compatible", "openai", "anthropic", "gemini"})
    void noProviderIsSentABitmapOrAGifButAJpegOfIt(String provider) throws Exception {
        for (String name : List.of("a.bmp", "a.gif")) {
            Path picture = noise(name, 300, 200);
            try (ScriptedServer server = new ScriptedServer(n -> Reply.of(400, "{}"));
                    Store store = Store.inFolder(folder);
                    Endpoints endpoints = Endpoints.open(file(provider, server.url()), store)) {
                endpoints.of("x").ask(shows(picture));

                String body = server.calls().getFirst().body();
                assertThat(body).contains("image/jpeg").doesNotContain("image/bmp", "image/gif");
                byte[] sent = sent(body);
                assertThat(PictureFormat.of(sent)).contains(PictureFormat.JPEG);
                assertThat(new PictureReader().size(sent, "sent")).isEqualTo(new PictureSize(300, 200));
            }
        }
    }

    @Test
    void theJournalSaysWhatWasSentAndAnswersTheSameQuestionLater() throws Exception {
        Path picture = noise("a.bmp", 300, 200);
        String mark = "sha256:" + Sha256.of(picture) + "/jpeg-2048";
        for (int run = 0; run < 2; run++) {
            try (ScriptedServer server = new ScriptedServer(n -> Reply.words("Noise."));
                    Store store = Store.inFolder(folder);
                    Endpoints endpoints = Endpoints.open(file("openai", server.url()), store)) {
                EndpointAnswer.Said said =
                        (EndpointAnswer.Said) endpoints.of("x").ask(shows(picture));

                assertThat(said.text()).isEqualTo("Noise.");
                assertThat(server.calls()).hasSize(1 - run);
                List<JournalEntry> entries = new ArrayList<>();
                store.journal().forEach(entries::add);
                assertThat(entries)
                        .singleElement()
                        .satisfies(entry -> assertThat(new String(entry.request(), StandardCharsets.UTF_8))
                                .contains(mark)
                                .hasSizeLessThan(2000));
            }
        }
    }

    @Test
    void theSamePictureGivesTheSameCopy() throws Exception {
        Path picture = noise("a.png", 2500, 40);
        EncodedPicture first = EncodedPicture.of(noise("a.bmp", 2500, 40), Provider.OPENAI.pictures());

        assertThat(EncodedPicture.of(folder.resolve("a.bmp"), Provider.OPENAI.pictures())
                        .copy()
                        .orElseThrow())
                .isEqualTo(first.copy().orElseThrow());
        assertThat(new PictureReader().size(first.copy().orElseThrow(), "copy")).isEqualTo(new PictureSize(2048, 33));
        assertThat(EncodedPicture.of(picture, Provider.OPENAI.pictures()).copy())
                .isEmpty();
    }

    @Test
    void anthropicIsSentSmallerOnesWhereAPictureHasTooManyBytesOrPixels() throws Exception {
        Path heavy = noise("heavy.png", 1200, 1200);
        Path wide = noise("wide.png", 8001, 3);
        assertThat(Files.size(heavy)).isBetween(4L << 20, 5L << 20);
        for (Path picture : List.of(heavy, wide)) {
            EncodedPicture sent = EncodedPicture.of(picture, Provider.ANTHROPIC.pictures());

            assertThat(sent.mediaType()).isEqualTo("image/jpeg");
            assertThat(sent.bytes() * 4 / 3).isLessThanOrEqualTo(5 << 20);
            assertThat(new PictureReader()
                            .size(sent.copy().orElseThrow(), "copy")
                            .longerSide())
                    .isLessThanOrEqualTo(2048);
            assertThat(EncodedPicture.of(picture, Provider.OPENAI.pictures()).copy())
                    .isEmpty();
        }
    }

    @Test
    void aPictureOfWhichNoCopyCanBeMadeIsUnusableAndNothingIsSent() throws Exception {
        Path whole = noise("a.bmp", 300, 200);
        Path torn = folder.resolve("torn.bmp");
        Files.write(torn, Arrays.copyOf(Files.readAllBytes(whole), 5000));
        Path text = Files.writeString(folder.resolve("text.png"), "no picture");
        for (String provider : List.of("openai", "anthropic", "gemini")) {
            try (ScriptedServer server = new ScriptedServer(n -> Reply.words("?"));
                    Store store = Store.inFolder(folder);
                    Endpoints endpoints = Endpoints.open(file(provider, server.url()), store)) {
                for (Path picture : List.of(torn, text)) {
                    assertThatThrownBy(() -> endpoints.of("x").ask(shows(whole, picture)))
                            .isInstanceOf(UnusablePictureException.class)
                            .hasMessageContaining(picture.getFileName().toString());
                }
                assertThat(server.calls()).isEmpty();
            }
        }
    }
}
