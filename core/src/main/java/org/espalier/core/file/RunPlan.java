package org.espalier.core.file;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a run is about to do, with everything its results depend on.
 *
 * @param verb the command, such as {@code explore}
 * @param versions of the programs and libraries at work, by name
 * @param seeds by name
 * @param configuration resolved settings by name, each with where its value comes from
 * @param inputs files and folders that are read, by role
 * @param device the machine's part that computes, in words
 */
public record RunPlan(
        String verb,
        SortedMap<String, String> versions,
        SortedMap<String, Long> seeds,
        SortedMap<String, Setting> configuration,
        SortedMap<String, Input> inputs,
        String device) {

    /** One resolved setting. {@code source} is a preset, a recipe file, a flag. */
    public record Setting(JsonNode value, String source) {}

    /** A file or folder that was read, and the hash of its content. */
    public record Input(Path path, String sha256) {}

    public RunPlan {
        versions = Collections.unmodifiableSortedMap(new TreeMap<>(versions));
        seeds = Collections.unmodifiableSortedMap(new TreeMap<>(seeds));
        configuration = Collections.unmodifiableSortedMap(new TreeMap<>(configuration));
        inputs = Collections.unmodifiableSortedMap(new TreeMap<>(inputs));
    }

    /** As one line of text, for another process. */
    public String text() {
        return Json.line(RunRecord.of(this));
    }

    /**
     * What would give another run other results than this one.
     *
     * @param other the {@link #text} of its plan
     * @return each in a clause
     */
    public List<String> differences(String other) {
        return RunRecord.differences(RunRecord.of(this), (ObjectNode) Json.parse(other));
    }

    /** Begins a plan. */
    public static Builder of(String verb) {
        return new Builder(verb);
    }

    /** Gathers a plan entry by entry. */
    public static final class Builder {
        private final String verb;
        private final SortedMap<String, String> versions = new TreeMap<>();
        private final SortedMap<String, Long> seeds = new TreeMap<>();
        private final SortedMap<String, Setting> configuration = new TreeMap<>();
        private final SortedMap<String, Input> inputs = new TreeMap<>();
        private String device = "";

        private Builder(String verb) {
            this.verb = verb;
        }

        public Builder version(String name, String version) {
            versions.put(name, version);
            return this;
        }

        public Builder seed(String name, long seed) {
            seeds.put(name, seed);
            return this;
        }

        /** @param value anything that JSON can say: a number, a text, a list, a record */
        public Builder setting(String name, Object value, String source) {
            configuration.put(name, new Setting(Json.tree(value), source));
            return this;
        }

        /** Hashes a file or folder now. */
        public Builder input(String role, Path path) {
            return input(role, path, Sha256.of(path));
        }

        /** Takes a hash that is known already. */
        public Builder input(String role, Path path, String sha256) {
            inputs.put(role, new Input(path, sha256));
            return this;
        }

        public Builder device(String words) {
            device = words;
            return this;
        }

        public RunPlan build() {
            return new RunPlan(verb, versions, seeds, configuration, inputs, device);
        }
    }
}
