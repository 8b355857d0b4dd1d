package org.espalier.ssui.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.espalier.core.InputException;
import org.espalier.core.file.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class PoolTest {
    private static final Path SCHEMA =
            Path.of(System.getProperty("espalier.root", ".."), "docs", "schema", "pool.schema.json");

    @TempDir
    Path folder;

    @Test
    void readsWhatItWrote() throws IOException {
        Pool pool = pool(picture());

        assertThat(pool.read()).containsExactly(picture());
        assertThat(pool.file(picture())).exists();
    }

    @Test
    void writesEveryFieldOfItsSchemaAndNoOther() throws IOException {
        assertSame(Json.parse(Files.readString(SCHEMA)), picture().json());
    }

    private static void assertSame(JsonNode schema, JsonNode value) {
        TreeSet<String> told = new TreeSet<>(schema.path("properties").propertyNames());
        assertThat(new TreeSet<>(value.propertyNames())).isEqualTo(told);
        assertThat(schema.path("required").valueStream().map(JsonNode::stringValue))
                .containsExactlyInAnyOrderElementsOf(told);
        for (String name : told) {
            JsonNode inner = schema.path("properties").path(name);
            if (inner.path("type").asString("").equals("object")) {
                assertSame(inner, value.path(name));
            } else if (inner.has("enum")) {
                assertThat(inner.path("enum").valueStream()).contains(value.path(name));
            } else {
                assertThat(inner.path("type").asString())
                        .isEqualTo(
                                switch (value.path(name).getNodeType()) {
                                    case NUMBER -> "integer";
                                    case BOOLEAN -> "boolean";
                                    default -> "string";
                                });
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "id, \"../../up\", id",
        "id, \"0123456789abcdee\", id",
        "sha256, \"abc\", sha256",
        "phash, \"xyz\", phash",
        "width, 0, width",
        "image, \"../up.png\", leaves",
        "licence, {\"name\": \"\"}, licence.url",
        "safety, {\"verdict\": \"fine\"; \"reason\": \"\"; \"by\": \"\"}, safety.verdict",
        "source, 3, source"
    })
    void namesTheLineAndTheFieldThatIsWrong(String field, String value, String named) throws IOException {
        Pool pool = pool(picture());
        ObjectNode line = picture().json();
        line.set(field, Json.parse(value.replace(';', ',')));
        Files.writeString(folder.resolve(Pool.NAME), Json.line(line) + "\n");

        assertThatThrownBy(pool::read)
                .isInstanceOf(InputException.class)
                .hasMessageContaining("line 1")
                .hasMessageContaining(named);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "'' | https://creativecommons.org/licenses/by/2.0/ | CC-BY-2.0 | ALLOWED",
                "Attribution-NonCommercial | http://creativecommons.org/licenses/by-nc/2.0/ | CC-BY-NC-2.0 | ALLOWED",
                "'' | http://creativecommons.org/licenses/by-nd/2.0/ | CC-BY-ND-2.0 | UNSTATED",
                "'' | https://creativecommons.org/publicdomain/zero/1.0/ | CC0-1.0 | ALLOWED",
                "cc-by-nc-sa-4.0 | '' | CC-BY-NC-SA-4.0 | ALLOWED",
                "CC BY 4.0 | '' | CC-BY-4.0 | ALLOWED",
                "evaluation only, no training | '' | evaluation only, no training | FORBIDDEN",
                "All rights reserved | '' | All rights reserved | FORBIDDEN",
                "house rules | https://example.org/terms | house rules | UNSTATED",
                "'' | '' | '' | UNSTATED"
            })
    void knowsLicencesAsSourcesWriteThem(String name, String url, String title, Training training) {
        assertThat(Licences.of(name, url).name()).isEqualTo(title);
        assertThat(Licences.of(name, url).training()).isEqualTo(training);
    }

    private Pool pool(PooledPicture picture) throws IOException {
        Files.createDirectories(folder.resolve(Pool.IMAGES));
        Files.writeString(folder.resolve(picture.image()), "");
        Pool pool = new Pool(folder);
        pool.write(List.of(picture));
        return pool;
    }

    private static PooledPicture picture() {
        String sha256 = "0123456789abcdef".repeat(4);
        return new PooledPicture(
                PooledPicture.idOf(sha256),
                "images/0123456789abcdef.png",
                sha256,
                -2,
                96,
                72,
                "png",
                1234,
                Licences.of("CC BY 4.0", ""),
                new PictureSource("coco", "139", "http://example.org", "Ann", "Stove"),
                new Safety(Safety.Verdict.UNVERIFIED, "a kitchen", "model-x", "prompt", "response", true));
    }
}
