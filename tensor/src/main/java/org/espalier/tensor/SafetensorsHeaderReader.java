package org.espalier.tensor;

import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.espalier.core.file.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads a safetensors header token by token, so that a hostile one of many megabytes is refused at its first oddity and
 * never becomes a tree in memory. What it says is not compared with the file here.
 *
 * @param file for the sentences
 */
record SafetensorsHeaderReader(Path file) {
    /** As many dimensions as libtorch computes with. */
    private static final int MOST_DIMENSIONS = 64;

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    SafetensorsHeader read(byte[] json) {
        if (json.length == 0 || json[0] != '{') {
            throw SafetensorsHeader.unsound(file, "its header does not begin with {");
        }
        Reader text = new InputStreamReader(new ByteArrayInputStream(json), StandardCharsets.UTF_8.newDecoder());
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
            parser.nextToken();
            SafetensorsHeader header = header(parser);
            if (parser.nextToken() != null) {
                throw SafetensorsHeader.unsound(file, "something follows the object in its header");
            }
            return header;
        } catch (JacksonException e) {
            boolean coding = e.getCause() instanceof CharacterCodingException;
            throw SafetensorsHeader.unsound(file, "its header " + (coding ? "is not UTF-8 text" : Json.complaint(e)));
        }
    }

    private SafetensorsHeader header(JsonParser parser) {
        Map<String, SafetensorsHeader.Stored> tensors = new LinkedHashMap<>();
        Map<String, String> metadata = Map.of();
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            parser.nextToken();
            if (name.equals(SafetensorsHeader.METADATA)) {
                metadata = metadata(parser);
            } else {
                tensors.put(name, stored(parser, name));
            }
        }
        return new SafetensorsHeader(tensors, metadata);
    }

    private Map<String, String> metadata(JsonParser parser) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw SafetensorsHeader.unsound(file, SafetensorsHeader.METADATA + " is not an object");
        }
        Map<String, String> metadata = new LinkedHashMap<>();
        for (String key = parser.nextName(); key != null; key = parser.nextName()) {
            if (parser.nextToken() != JsonToken.VALUE_STRING) {
                throw SafetensorsHeader.unsound(
                        file, SafetensorsHeader.METADATA + " holds no text under " + SafetensorsHeader.quoted(key));
            }
            metadata.put(key, parser.getString());
        }
        return metadata;
    }

    private SafetensorsHeader.Stored stored(JsonParser parser, String name) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw SafetensorsHeader.unsound(file, name, "is not described by an object");
        }
        Dtype dtype = null;
        List<Long> shape = null;
        List<Long> offsets = null;
        for (String field = parser.nextName(); field != null; field = parser.nextName()) {
            parser.nextToken();
            switch (field) {
                case "dtype" -> dtype = dtype(parser, name);
                case "shape" -> shape = wholes(parser, name, field, MOST_DIMENSIONS);
                case "data_offsets" -> offsets = wholes(parser, name, field, 2);
                default -> parser.skipChildren();
            }
        }
        TensorInfo info = new TensorInfo(required(dtype, name, "dtype"), required(shape, name, "shape"));
        List<Long> ends = required(offsets, name, "data_offsets");
        if (ends.size() != 2) {
            throw SafetensorsHeader.unsound(file, name, "has " + ends.size() + " data_offsets where two are needed");
        }
        return new SafetensorsHeader.Stored(info, ends.getFirst(), ends.getLast());
    }

    private <T> T required(@Nullable T value, String name, String field) {
        if (value == null) {
            throw SafetensorsHeader.unsound(file, name, "has no " + field);
        }
        return value;
    }

    private Dtype dtype(JsonParser parser, String name) {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw SafetensorsHeader.unsound(file, name, "has a dtype that is not a text");
        }
        String dtype = parser.getString();
        return Dtype.named(dtype)
                .orElseThrow(() -> SafetensorsHeader.unsound(
                        file,
                        name,
                        "has the dtype " + SafetensorsHeader.quoted(dtype) + ", which the format does not know"));
    }

    private List<Long> wholes(JsonParser parser, String name, String field, int most) {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw SafetensorsHeader.unsound(file, name, "has no list of numbers as its " + field);
        }
        List<Long> numbers = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (numbers.size() == most) {
                throw SafetensorsHeader.unsound(file, name, "has more than " + most + " numbers in its " + field);
            }
            numbers.add(whole(parser, name, field));
        }
        return numbers;
    }

    private long whole(JsonParser parser, String name, String field) {
        if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT
                || parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                || parser.getLongValue() < 0) {
            throw SafetensorsHeader.unsound(
                    file, name, "has in its " + field + " something other than whole numbers from 0 to 2^63 - 1");
        }
        return parser.getLongValue();
    }
}
