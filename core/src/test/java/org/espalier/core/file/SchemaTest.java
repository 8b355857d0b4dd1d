package org.espalier.core.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Holds the schemas in docs/schema to what is written: no field of one is missing in the other. */
class SchemaTest {
    private static final Path SCHEMAS = Path.of(System.getProperty("espalier.root", ".."), "docs", "schema");

    @TempDir
    Path folder;

    @Test
    void treesAreWrittenAsTheirSchemaSays() throws IOException {
        JsonNode schema = Json.parse(Files.readString(SCHEMAS.resolve("trees.schema.json")));
        JsonNode line = Json.parse(TreeFile.line(TreeFileTest.tree()));
        assertThat(mismatches(schema, schema, line, "")).isEmpty();
    }

    @Test
    void samplesAreReadAsTheirSchemaSays() throws IOException {
        JsonNode schema = Json.parse(Files.readString(SCHEMAS.resolve("ssui.schema.json")));
        JsonNode sound = Json.parse("""
                {"id":"a","image":"a.png","query":"q","steps":["s"],"answer":"x","risk":"safe","category":"c",
                 "split":"train","tag":{"history":[]},
                 "provenance":{"fields":{},"licence":{},"picture":{},
                               "review":{"state":"draft","revised":false,"decisions":[]}}}""");
        assertThat(mismatches(schema, schema, sound, "")).isEmpty();
        Files.writeString(folder.resolve("a.png"), "");
        Path file = folder.resolve("ssui.jsonl");
        for (String field : schema.path("properties").propertyNames()) {
            var line = Json.object().setAll((tools.jackson.databind.node.ObjectNode) sound);
            line.remove(field);
            Files.writeString(file, Json.line(line) + "\n");
            boolean required = schema.path("required")
                    .valueStream()
                    .anyMatch(name -> name.stringValue().equals(field));
            assertThat(refused(file)).as("without %s", field).isEqualTo(required);
        }
    }

    private static boolean refused(Path file) {
        try {
            SsuiFile.read(file);
            return false;
        } catch (org.espalier.core.InputException e) {
            return true;
        }
    }

    private static List<String> mismatches(JsonNode root, JsonNode schema, JsonNode value, String at) {
        List<String> wrong = new ArrayList<>();
        JsonNode meant = follow(root, schema);
        if (value.isArray()) {
            value.forEach(element -> wrong.addAll(mismatches(root, meant.path("items"), element, at + "[]")));
        } else if (value.isObject() && meant.has("properties")) {
            var names = new TreeSet<>(meant.path("properties").propertyNames());
            value.propertyNames().stream()
                    .filter(name -> !names.contains(name))
                    .forEach(name -> wrong.add(at + "." + name + " is not in the schema"));
            names.stream()
                    .filter(name -> !value.has(name))
                    .forEach(name -> wrong.add(at + "." + name + " is not written"));
            value.properties()
                    .forEach(field -> wrong.addAll(mismatches(
                            root,
                            meant.path("properties").path(field.getKey()),
                            field.getValue(),
                            at + "." + field.getKey())));
        } else if (meant.has("enum")) {
            if (meant.path("enum").valueStream().noneMatch(value::equals)) {
                wrong.add(at + " is " + value + ", which the schema does not list");
            }
        } else if (!fits(meant.path("type").asString(""), value)) {
            wrong.add(at + " is " + value + ", not of type " + meant.path("type"));
        }
        return wrong;
    }

    private static JsonNode follow(JsonNode root, JsonNode schema) {
        JsonNode meant = schema.has("anyOf") ? schema.path("anyOf").get(1) : schema;
        return meant.has("$ref") ? root.at(meant.path("$ref").stringValue().substring(1)) : meant;
    }

    private static boolean fits(String type, JsonNode value) {
        return switch (type) {
            case "string" -> value.isString();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            case "object" -> value.isObject();
            default -> false;
        };
    }
}
