package org.espalier.greenhouse.serve;

import java.util.HashMap;
import java.util.Map;
import org.espalier.core.file.Json;
import org.espalier.greenhouse.Dice;
import org.espalier.greenhouse.path.PathReader;
import org.espalier.greenhouse.world.World;

/** Who plays which agent. */
final class Cast {
    private final Facts facts;
    private final Map<String, Player> players;

    Cast(World world) {
        this.facts = new Facts(world);
        Map<String, Player> parts = new HashMap<>(JudgePlayer.all());
        parts.put("query", new QueryPlayer());
        parts.put("reasoning", new ReasoningPlayer());
        parts.put("reflection", new ReflectionPlayer(new PathReader(world)));
        parts.put("check", new CheckPlayer());
        parts.put("summary", new SummaryPlayer());
        parts.put("safety", new SafetyPlayer());
        this.players = Map.copyOf(parts);
    }

    /** The words of an answer; for a call that names no agent those of an assistant that knows the greenhouse. */
    String answer(Call call) {
        Dice dice = Dice.of(0, "play " + call.key());
        Player player = players.get(call.role());
        return player == null ? chat(call, dice) : Json.line(player.play(facts, call, dice));
    }

    private String chat(Call call, Dice dice) {
        return new Assistant(facts).answer(call, dice);
    }
}
