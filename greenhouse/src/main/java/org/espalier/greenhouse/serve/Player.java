package org.espalier.greenhouse.serve;

import org.espalier.greenhouse.Dice;
import tools.jackson.databind.node.ObjectNode;

/** Plays one agent. */
@FunctionalInterface
interface Player {
    /** The answer to a call; {@code dice} depend on the call alone. */
    ObjectNode play(Facts facts, Call call, Dice dice);
}
