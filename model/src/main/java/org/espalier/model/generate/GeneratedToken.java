package org.espalier.model.generate;

import java.util.List;

/**
 * A token of an answer.
 *
 * @param bytes what it is written as, in UTF-8; may be part of a character
 * @param logprob natural log-probability at temperature 1
 * @param likeliest what could have stood there, from the likeliest on; as many as were asked for
 */
public record GeneratedToken(byte[] bytes, double logprob, List<GeneratedToken> likeliest) {
    public GeneratedToken {
        likeliest = List.copyOf(likeliest);
    }
}
