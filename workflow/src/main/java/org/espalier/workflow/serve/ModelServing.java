package org.espalier.workflow.serve;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.espalier.core.InputException;
import org.espalier.core.file.HubSnapshot;
import org.espalier.model.LoadedModel;
import org.espalier.model.ModelFolder;
import org.espalier.model.lora.Adapter;
import org.espalier.model.lora.AdapterFiles;
import org.espalier.serve.ModelServer;
import org.espalier.serve.ServerSettings;
import org.espalier.serve.openai.AccessKey;
import org.espalier.tensor.PlacementChoice;

/**
 * The serving of a model.
 *
 * @param model its folder
 * @param name under which callers ask for it; its folder's own, if nothing is said
 * @param adapters folders as PEFT writes them, by the names under which callers ask for the model with each
 * @param keyVariable the environment variable that holds the key that callers must show
 * @param placement where the model is computed
 */
public record ModelServing(
        Path model,
        Optional<String> name,
        Map<String, Path> adapters,
        ServerSettings settings,
        Optional<String> keyVariable,
        PlacementChoice placement) {
    /** A server that listens until it is closed, its model and adapters with it. Thread-safe. */
    public static final class Opened implements AutoCloseable {
        private final ModelServer server;
        private final List<Adapter> adapters;
        private final LoadedModel model;

        Opened(ModelServer server, Collection<Adapter> adapters, LoadedModel model) {
            this.server = server;
            this.adapters = List.copyOf(adapters);
            this.model = model;
        }

        public ModelServer server() {
            return server;
        }

        @Override
        public void close() {
            server.close();
            adapters.forEach(Adapter::close);
            model.close();
        }
    }

    public ModelServing {
        adapters = Collections.unmodifiableMap(new LinkedHashMap<>(adapters));
        adapters.keySet().forEach(ModelServing::checkName);
        name.ifPresent(ModelServing::checkName);
    }

    /**
     * What would be served.
     *
     * @param names of the model and of its adapters
     */
    public record Plan(List<String> names) {
        public Plan {
            names = List.copyOf(names);
        }
    }

    private static void checkName(String name) {
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._/:-]{0,99}")) {
            throw new InputException("'" + name
                    + "' is no name of a model: up to 100 letters, digits and . _ / : - , a letter or digit first");
        }
    }

    private String served() {
        return name.or(() -> HubSnapshot.of(model).map(HubSnapshot::repository)).orElseGet(() -> {
            Path folder = model.toAbsolutePath().normalize().getFileName();
            String usual = folder == null ? "" : folder.toString().replaceAll("[^A-Za-z0-9._-]", "-");
            return usual.matches("[A-Za-z0-9].*") ? usual.substring(0, Math.min(100, usual.length())) : "model";
        });
    }

    /** Looks at all files but weights. Refuses what {@link #open} would refuse of them. */
    public Plan plan() {
        ModelFolder folder = ModelFolder.open(model);
        folder.chat();
        folder.images();
        folder.defaults();
        List<String> names = new ArrayList<>(List.of(served()));
        names.addAll(adapters.keySet());
        return new Plan(names);
    }

    /**
     * Opens and listens. The caller closes it.
     *
     * @param environment where the key is
     * @throws InputException if a folder cannot be used, a key is missing, or it cannot listen where it should
     */
    public Opened open(Map<String, String> environment) {
        Optional<AccessKey> key = keyVariable.map(variable -> AccessKey.inVariable(variable, environment));
        ModelServer.checkReach(settings, key);
        LoadedModel loaded = LoadedModel.open(model, placement);
        Map<String, Adapter> read = new LinkedHashMap<>();
        try {
            adapters.forEach(
                    (label, folder) -> read.put(label, AdapterFiles.read(folder, loaded.config(), loaded.placement())));
            return new Opened(ModelServer.start(loaded, served(), read, settings, key), read.values(), loaded);
        } catch (RuntimeException e) {
            read.values().forEach(Adapter::close);
            loaded.close();
            throw e;
        }
    }
}
