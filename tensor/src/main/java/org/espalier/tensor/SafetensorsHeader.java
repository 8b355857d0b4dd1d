package org.espalier.tensor;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.espalier.core.InputException;
import org.espalier.core.file.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the JSON at the start of a safetensors file says, checked against the bytes that follow it: every tensor lies
 * inside the file, has as many bytes as its shape and kind ask for, and together they cover the file without holes.
 *
 * @param tensors by name, in the order of their bytes
 * @param metadata texts that the writer of the file added
 */
record SafetensorsHeader(Map<String, Stored> tensors, Map<String, String> metadata) {
    /** The name that is none of a tensor. */
    static final String METADATA = "__metadata__";

    /** As many dimensions as libtorch computes with. */
    private static final int MOST_DIMENSIONS = 64;

    /**
     * Where one tensor lies.
     *
     * @param begin first byte, counted from the end of the header
     * @param end the byte after the last
     */
    record Stored(TensorInfo info, long begin, long end) {}

    /**
     * Reads and checks a header.
     *
     * @param json the header as text
     * @param bytes how many bytes follow it in the file
     */
    static SafetensorsHeader parse(Path file, String json, long bytes) {
        return new Parser(file, bytes).parse(json);
    }

    /** A tensor's name as it may stand in a sentence. */
    static String quoted(String name) {
        String plain = name.replaceAll("\\p{Cntrl}", "?");
        return "\"" + (plain.length() > 200 ? plain.substring(0, 200) + "..." : plain) + "\"";
    }

    private record Parser(Path file, long bytes) {
        SafetensorsHeader parse(String json) {
            ObjectNode object = object(json);
            Map<String, String> metadata = Map.of();
            List<Map.Entry<String, Stored>> entries = new ArrayList<>();
            for (Map.Entry<String, JsonNode> field : object.properties()) {
                if (field.getKey().equals(METADATA)) {
                    metadata = metadata(field.getValue());
                } else {
                    entries.add(Map.entry(field.getKey(), stored(field.getKey(), field.getValue())));
                }
            }
            entries.sort(Comparator.comparingLong((Map.Entry<String, Stored> entry) ->
                            entry.getValue().begin())
                    .thenComparingLong(entry -> entry.getValue().end())
                    .thenComparing(Map.Entry::getKey));
            requireCover(entries);
            Map<String, Stored> tensors = new LinkedHashMap<>();
            entries.forEach(entry -> tensors.put(entry.getKey(), entry.getValue()));
            return new SafetensorsHeader(tensors, metadata);
        }

        private ObjectNode object(String json) {
            if (!json.startsWith("{")) {
                throw wrong("its header does not begin with {");
            }
            try {
                if (Json.parse(json) instanceof ObjectNode object) {
                    return object;
                }
                throw wrong("its header is not a JSON object");
            } catch (JacksonException e) {
                throw wrong("its header " + Json.complaint(e));
            }
        }

        private Map<String, String> metadata(JsonNode value) {
            if (!(value instanceof ObjectNode object)) {
                throw wrong(METADATA + " is not an object");
            }
            Map<String, String> metadata = new LinkedHashMap<>();
            for (Map.Entry<String, JsonNode> field : object.properties()) {
                if (!field.getValue().isString()) {
                    throw wrong(METADATA + "." + quoted(field.getKey()) + " is not a text");
                }
                metadata.put(field.getKey(), field.getValue().stringValue());
            }
            return metadata;
        }

        private Stored stored(String name, JsonNode value) {
            if (!(value instanceof ObjectNode object)) {
                throw wrong(name, "is not described by an object");
            }
            Dtype dtype = dtype(name, object.get("dtype"));
            List<Long> shape = wholes(name, "shape", object.get("shape"));
            List<Long> offsets = wholes(name, "data_offsets", object.get("data_offsets"));
            if (shape.size() > MOST_DIMENSIONS) {
                throw wrong(name, "has " + shape.size() + " dimensions, more than " + MOST_DIMENSIONS);
            }
            if (offsets.size() != 2) {
                throw wrong(name, "has " + offsets.size() + " data_offsets where two are needed");
            }
            TensorInfo info = new TensorInfo(dtype, shape);
            Stored stored = new Stored(info, offsets.get(0), offsets.get(1));
            requireSize(name, stored);
            return stored;
        }

        private Dtype dtype(String name, @Nullable JsonNode value) {
            if (value == null || !value.isString()) {
                throw wrong(name, "has no dtype");
            }
            Optional<Dtype> dtype = Dtype.named(value.stringValue());
            return dtype.orElseThrow(() ->
                    wrong(name, "has the dtype " + quoted(value.stringValue()) + ", which the format does not know"));
        }

        private List<Long> wholes(String name, String field, @Nullable JsonNode value) {
            if (!(value instanceof ArrayNode array)) {
                throw wrong(name, "has no list " + field);
            }
            List<Long> numbers = new ArrayList<>(Math.min(array.size(), MOST_DIMENSIONS));
            for (JsonNode element : array) {
                if (!element.isIntegralNumber() || !element.canConvertToLong() || element.longValue() < 0) {
                    throw wrong(name, "has in " + field + " something that is not a whole number from 0 to 2^63 - 1");
                }
                numbers.add(element.longValue());
            }
            return numbers;
        }

        private void requireSize(String name, Stored stored) {
            if (stored.begin() > stored.end() || stored.end() > bytes) {
                throw wrong(
                        name,
                        "should lie at bytes " + stored.begin() + " to " + stored.end() + ", but only " + bytes
                                + " bytes follow the header");
            }
            long bits;
            try {
                bits = stored.info().bits();
            } catch (ArithmeticException e) {
                throw wrong(
                        name,
                        "has a shape too large for any memory: " + stored.info().shape());
            }
            // Offsets lie inside the file, so that the product cannot overflow for any file there is.
            if (bits % 8 != 0 || bits / 8 != stored.end() - stored.begin()) {
                throw wrong(
                        name,
                        "has " + (stored.end() - stored.begin()) + " bytes where "
                                + stored.info().dtype() + " of shape "
                                + stored.info().shape() + " needs " + Math.ceilDiv(bits, 8));
            }
        }

        private void requireCover(List<Map.Entry<String, Stored>> entries) {
            long covered = 0;
            String before = "";
            for (Map.Entry<String, Stored> entry : entries) {
                long begin = entry.getValue().begin();
                if (begin < covered) {
                    throw wrong(entry.getKey(), "overlaps the tensor " + quoted(before));
                }
                if (begin > covered) {
                    throw wrong(entry.getKey(), "begins " + (begin - covered) + " bytes after the one before it ends");
                }
                covered = entry.getValue().end();
                before = entry.getKey();
            }
            if (covered != bytes) {
                throw wrong((bytes - covered) + " bytes at its end belong to no tensor");
            }
        }

        private InputException wrong(String name, String what) {
            return new InputException(file + " is no sound safetensors file: the tensor " + quoted(name) + " " + what
                    + "; get the file again");
        }

        private InputException wrong(String what) {
            return new InputException(file + " is no sound safetensors file: " + what + "; get the file again");
        }
    }
}
