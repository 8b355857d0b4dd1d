package org.espalier.core.file;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.espalier.core.InputException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code run.json} as JSON, and what makes two of them different runs. */
final class RunRecord {
    private RunRecord() {}

    static ObjectNode of(RunPlan plan) {
        ObjectNode record = Json.object();
        record.put("verb", plan.verb());
        record.set("versions", Json.tree(plan.versions()));
        record.set("seeds", Json.tree(plan.seeds()));
        ObjectNode configuration = record.putObject("configuration");
        plan.configuration().forEach((name, setting) -> {
            ObjectNode entry = configuration.putObject(name);
            entry.set("value", setting.value());
            entry.put("source", setting.source());
        });
        ObjectNode inputs = record.putObject("inputs");
        plan.inputs().forEach((role, input) -> {
            ObjectNode entry =
                    inputs.putObject(role).put("path", input.path().toString()).put("sha256", input.sha256());
            HubSnapshot.of(input.path()).ifPresent(from -> entry.put("hub", from.toString()));
        });
        record.put("device", plan.device());
        return record;
    }

    static ObjectNode read(Path file) {
        String advice = "it is not the record of a run: choose another folder";
        ObjectNode record = JsonFile.read(file, advice);
        for (String list : List.of("resumed", "earlier_devices")) {
            if (record.has(list) && !record.path(list).isArray()) {
                throw new InputException(file + ": \"" + list + "\" is not a list; " + advice);
            }
        }
        return record;
    }

    /** Keeps where the run was computed before, if that was another device: its bytes are those of both. */
    static void devices(ObjectNode begun, ObjectNode now) {
        ArrayNode earlier = Json.object().putArray("earlier_devices").addAll(begun.withArray("earlier_devices"));
        if (!begun.path("device").equals(now.path("device"))) {
            earlier.add(begun.path("device"));
        }
        if (!earlier.isEmpty()) {
            now.set("earlier_devices", earlier);
        }
    }

    /** What keeps {@code now} from going on where {@code begun} stopped, each in a clause. */
    static List<String> differences(ObjectNode begun, ObjectNode now) {
        List<String> all = new ArrayList<>();
        differ(all, "the verb", begun.path("verb"), now.path("verb"));
        eachName(
                begun,
                now,
                "seeds",
                (name, was, is) -> differ(all, name.equals("seed") ? name : name + " seed", was, is));
        eachName(
                begun, now, "configuration", (name, was, is) -> differ(all, name, was.path("value"), is.path("value")));
        eachName(begun, now, "inputs", (role, was, is) -> {
            if (!was.path("sha256").equals(is.path("sha256"))) {
                all.add("the content of " + role + " ("
                        + (is.isMissingNode() ? was : is).path("path").asString("") + ") differs");
            }
        });
        return all;
    }

    private interface Pair {
        void take(String name, JsonNode was, JsonNode is);
    }

    private static void eachName(ObjectNode begun, ObjectNode now, String part, Pair each) {
        SortedSet<String> names = new TreeSet<>(begun.path(part).propertyNames());
        names.addAll(now.path(part).propertyNames());
        names.forEach(name ->
                each.take(name, begun.path(part).path(name), now.path(part).path(name)));
    }

    /** Compares as written, so that 1 and 1.0 of another number type do not differ by type alone. */
    private static void differ(List<String> all, String name, JsonNode was, JsonNode is) {
        if (was.isObject() && is.isObject()) {
            // A table is told by what differs in it.
            SortedSet<String> fields = new TreeSet<>(was.propertyNames());
            fields.addAll(is.propertyNames());
            fields.forEach(field -> differ(all, name + "." + field, was.path(field), is.path(field)));
            return;
        }
        String before = was.isMissingNode() ? "unset" : Json.line(was);
        String after = is.isMissingNode() ? "unset" : Json.line(is);
        if (!before.equals(after)) {
            all.add(name + " was " + before + ", now " + after);
        }
    }
}
