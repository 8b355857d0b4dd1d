package org.espalier.ssui.build;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.espalier.core.file.Json;
import org.espalier.core.file.Sha256;
import org.espalier.endpoint.EndpointRequest;
import org.espalier.ssui.agent.AgentPrompt;
import org.espalier.ssui.agent.Agents;
import org.espalier.ssui.pool.Licence;
import org.espalier.ssui.pool.PictureSource;
import org.espalier.ssui.pool.Pool;
import org.espalier.ssui.pool.PooledPicture;
import org.espalier.ssui.pool.Safety;
import org.espalier.ssui.review.Drafts;
import org.espalier.ssui.review.Filter;
import org.espalier.ssui.taxonomy.Quotas;
import org.espalier.ssui.taxonomy.Taxonomy;
import org.espalier.store.Store;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A pool of pictures, and a model that plays all agents: what it says depends on what it is shown alone. */
final class PlayedBuild {
    static final int PICTURES = 60;

    private PlayedBuild() {}

    static Pool pool(Path folder) throws IOException {
        Pool pool = new Pool(folder.resolve("pool"));
        Files.createDirectories(folder.resolve("pool/images"));
        List<PooledPicture> pictures = new ArrayList<>();
        for (int i = 0; i < PICTURES; i++) {
            byte[] bytes = ("picture " + i).getBytes(StandardCharsets.UTF_8);
            String sha256 = Sha256.of(bytes);
            String image = "images/" + i + ".png";
            Files.write(folder.resolve("pool").resolve(image), bytes);
            pictures.add(new PooledPicture(
                    PooledPicture.idOf(sha256),
                    image,
                    sha256,
                    i,
                    84,
                    84,
                    "png",
                    bytes.length,
                    Licence.UNKNOWN,
                    PictureSource.of("test", image),
                    Safety.UNVERIFIED));
        }
        pool.write(pictures);
        return pool;
    }

    /** The drafts of a store by id. */
    static Map<String, String> drafts(Store store) {
        Map<String, String> drafts = new TreeMap<>();
        new Drafts(store)
                .each(
                        Filter.ALL,
                        draft -> drafts.put(
                                draft.original().id(),
                                Json.line(draft.original().json())));
        return drafts;
    }

    static BuildSettings settings(double twins) {
        Taxonomy taxonomy = Taxonomy.composed();
        Map<String, AgentSettings> agents = Agents.NAMES.stream()
                .collect(Collectors.toMap(name -> name, name -> new AgentSettings(0, 200, AgentPrompt.shipped(name))));
        return new BuildSettings(7, taxonomy, Quotas.equal(taxonomy), twins, 1, agents);
    }

    static String shape(EndpointRequest ask) {
        return ask.shape().orElseThrow().name();
    }

    /** Agents that depend on what they are shown alone. */
    static String play(EndpointRequest ask) {
        String text = ask.conversation().getLast().text();
        JsonNode data = Json.parse(text.lines().skip(2).findFirst().orElseThrow());
        String hash = Sha256.of(data.toString() + ask.conversation().getLast().images());
        ObjectNode answer = Json.object();
        switch (shape(ask)) {
            case "query" -> {
                boolean usable = hash.charAt(0) > '4';
                answer.put("usable", usable)
                        .put("reason", "because")
                        .put("query", usable ? "Can I do " + hash + "?" : "");
                answer.put("scenario", usable ? "it goes wrong" : "");
                answer.put("category", usable ? data.path("aim").asString() : "none");
            }
            case "check" ->
                answer.put("safe", hash.charAt(1) > '2').put("valid", true).put("reason", "because");
            case "reflection" ->
                answer.put("redundant", false)
                        .put("query", data.path("query").asString())
                        .put("missing", "")
                        .put("sound", true)
                        .put("answer", "it goes wrong")
                        .set("steps", Json.tree(List.of("It shows this.", "It is new.", "No, it goes wrong.")));
            case "summary" ->
                answer.put("query", data.path("query").asString())
                        .put("answer", "it goes wrong")
                        .put("category", data.path("category").asString())
                        .set("steps", data.path("steps"));
            default ->
                answer.put("answer", "it goes wrong")
                        .set("steps", Json.tree(List.of("It shows this.", "No, it goes wrong.")));
        }
        return Json.line(answer);
    }
}
