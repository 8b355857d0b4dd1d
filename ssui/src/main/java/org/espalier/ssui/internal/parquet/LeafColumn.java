package org.espalier.ssui.internal.parquet;

import dev.hardwood.metadata.LogicalType;
import dev.hardwood.metadata.PhysicalType;
import dev.hardwood.metadata.RepetitionType;
import dev.hardwood.reader.ColumnReader;
import dev.hardwood.schema.ColumnSchema;
import dev.hardwood.schema.FileSchema;
import dev.hardwood.schema.SchemaNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.espalier.core.file.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A column of plain values below any structs and lists, and how its values find their places in a row: each comes with a
 * repetition level, which says in which list the next element begins, and a definition level, which says how far the way to it
 * exists (Melnik et al. 2010, "Dremel").
 *
 * @param path the nodes of the schema from below its root to the value
 * @param itemLevel definition level from which on the library gives a value, be it null: that of the innermost list
 */
record LeafColumn(int number, List<SchemaNode> path, int itemLevel) {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    LeafColumn {
        path = List.copyOf(path);
    }

    /** One value on its way to its place. */
    private record Entry(int level, int[] index, JsonNode value) {}

    /** The column, if its values are read here: not below a map, and of an ordinary type. */
    static Optional<LeafColumn> of(FileSchema schema, ColumnSchema column) {
        List<SchemaNode> path = new ArrayList<>();
        SchemaNode at = schema.getRootNode();
        int itemLevel = 0;
        for (String name : column.fieldPath().elements()) {
            SchemaNode.GroupNode group = (SchemaNode.GroupNode) at;
            boolean inList = group.isList();
            at = group.children().stream()
                    .filter(child -> child.name().equals(name))
                    .findFirst()
                    .orElseThrow();
            boolean repeated = at.repetitionType() == RepetitionType.REPEATED;
            if (repeated != inList
                    || at instanceof SchemaNode.GroupNode below && (below.isMap() || below.isVariant())) {
                return Optional.empty();
            }
            itemLevel = repeated ? at.maxDefinitionLevel() : itemLevel;
            path.add(at);
        }
        boolean read = switch (column.type()) {
            case BYTE_ARRAY, FLOAT, DOUBLE, BOOLEAN -> true;
            // Others are decimals and times, which would look like whole numbers.
            case INT32, INT64 -> column.logicalType() == null || column.logicalType() instanceof LogicalType.IntType;
            default -> false;
        };
        return read ? Optional.of(new LeafColumn(column.columnIndex(), path, itemLevel)) : Optional.empty();
    }

    /** Puts the values of the row that the reader stands on into it. */
    void into(ObjectNode row, ColumnReader reader) {
        SchemaNode.PrimitiveNode leaf = (SchemaNode.PrimitiveNode) path.getLast();
        if (leaf.maxRepetitionLevel() == 0) {
            boolean absent =
                    reader.getValueCount() == 0 || reader.getLeafValidity().isNull(0);
            put(row, new Entry(Integer.MAX_VALUE, new int[1], absent ? NODES.nullNode() : value(leaf, reader, 0)));
            return;
        }
        int[] levels = reader.getDefinitionLevels();
        int[] repetitions = reader.getRepetitionLevels();
        int[] index = new int[leaf.maxRepetitionLevel() + 1];
        int values = 0;
        for (int i = 0; i < levels.length; i++) {
            if (i > 0) {
                index[repetitions[i]]++;
            }
            for (int deeper = (i == 0 ? 0 : repetitions[i]) + 1; deeper < index.length; deeper++) {
                index[deeper] = 0;
            }
            JsonNode value = levels[i] == leaf.maxDefinitionLevel() ? value(leaf, reader, values) : NODES.nullNode();
            put(row, new Entry(levels[i], index, value));
            values += levels[i] >= itemLevel ? 1 : 0;
        }
    }

    private void put(ObjectNode row, Entry entry) {
        String name = path.getFirst().name();
        row.set(name, with(row.path(name), 0, entry));
    }

    /** What is to stand at a node of the path once the entry is in its place. */
    private JsonNode with(JsonNode there, int depth, Entry entry) {
        SchemaNode node = path.get(depth);
        if (entry.level() < node.maxDefinitionLevel()) {
            return NODES.nullNode();
        }
        if (!(node instanceof SchemaNode.GroupNode group)) {
            return entry.value();
        }
        return group.isList() ? list(there, depth, entry) : struct(there, depth, entry);
    }

    private JsonNode struct(JsonNode there, int depth, Entry entry) {
        ObjectNode object = there instanceof ObjectNode known ? known : Json.object();
        String name = path.get(depth + 1).name();
        object.set(name, with(object.path(name), depth + 1, entry));
        return object;
    }

    private JsonNode list(JsonNode there, int depth, Entry entry) {
        ArrayNode array = there instanceof ArrayNode known ? known : NODES.arrayNode();
        SchemaNode repeated = path.get(depth + 1);
        if (entry.level() < repeated.maxDefinitionLevel()) {
            return array;
        }
        int at = entry.index()[repeated.maxRepetitionLevel()];
        if (at > array.size()) {
            throw new IllegalStateException("the columns of '" + path.getFirst().name() + "' do not fit each other");
        }
        JsonNode element = with(array.path(at), depth + (wraps(repeated) ? 2 : 1), entry);
        if (at == array.size()) {
            array.add(element);
        } else {
            array.set(at, element);
        }
        return array;
    }

    /** Whether a list's repeated group only stands around its elements, as the format's rules for older files say. */
    private static boolean wraps(SchemaNode repeated) {
        return repeated instanceof SchemaNode.GroupNode group
                && group.children().size() == 1
                && !group.name().equals("array")
                && !group.name().endsWith("_tuple");
    }

    private static JsonNode value(SchemaNode.PrimitiveNode leaf, ColumnReader reader, int at) {
        return switch (leaf.type()) {
            case INT32 -> NODES.numberNode(reader.getInts()[at]);
            case INT64 -> NODES.numberNode(reader.getLongs()[at]);
            case FLOAT -> NODES.numberNode(reader.getFloats()[at]);
            case DOUBLE -> NODES.numberNode(reader.getDoubles()[at]);
            case BOOLEAN -> NODES.booleanNode(reader.getBooleans()[at]);
            default ->
                leaf.type() == PhysicalType.BYTE_ARRAY && leaf.logicalType() instanceof LogicalType.StringType
                        ? NODES.stringNode(reader.getStrings()[at])
                        : NODES.binaryNode(reader.getBinaries()[at]);
        };
    }
}
