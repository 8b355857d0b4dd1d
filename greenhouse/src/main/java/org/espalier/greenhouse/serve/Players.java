package org.espalier.greenhouse.serve;

import java.util.HashMap;
import java.util.Map;
import org.espalier.core.file.Json;
import org.espalier.greenhouse.Dice;
import org.espalier.greenhouse.world.World;
import tools.jackson.databind.node.ObjectNode;

/** Who plays which agent. One that is not listed is played by its schema alone. */
final class Players {
    private final Facts facts;
    private final Map<String, Player> players;

    Players(World world, JudgeErrors errors) {
        this.facts = new Facts(world);
        Map<String, Player> parts = new HashMap<>(JudgePlayer.all(errors));
        parts.put("query", new QueryPlayer());
        parts.put("reasoning", BuilderPlayers::reasoning);
        parts.put("reflection", BuilderPlayers::reflection);
        parts.put("check", BuilderPlayers::check);
        parts.put("summary", BuilderPlayers::summary);
        parts.put("safety", BuilderPlayers::safety);
        this.players = Map.copyOf(parts);
    }

    /** One of several answers. */
    String answer(Call call, int choice) {
        Dice dice = Dice.of(0, "play " + call.key() + (choice == 0 ? "" : " " + choice));
        Player player = players.get(call.role());
        if (player == null && call.schema().isEmpty()) {
            return new Assistant(facts).answer(call, dice);
        }
        ObjectNode played = (player == null ? new SchemaPlayer() : player).play(facts, call, dice);
        return call.schema().isEmpty() && player != null
                ? TextForm.of(call.turns("user"))
                        .map(form -> form.filled(played))
                        .orElseGet(() -> Json.line(played))
                : Json.line(played);
    }
}
