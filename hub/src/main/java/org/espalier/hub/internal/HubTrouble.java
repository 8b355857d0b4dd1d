package org.espalier.hub.internal;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import org.espalier.core.InputException;
import org.espalier.core.SurroundingsException;
import org.espalier.hub.repository.HubPlace;
import org.espalier.hub.repository.HubReference;
import org.espalier.hub.repository.RepositoryName;

/**
 * Says in a sentence what went wrong between us and a hub.
 *
 * @param what was asked for
 */
public record HubTrouble(HubPlace place, HubReference what) {
    /** What to throw for a failure. */
    public RuntimeException of(IOException cause) {
        return cause instanceof RefusedException refused
                ? refused(refused)
                : new SurroundingsException(
                        "The hub at " + place.endpoint() + " cannot be used: " + clause(cause)
                                + "; run the same command again later, or name another with HF_ENDPOINT.",
                        cause);
    }

    /** What the connection did, in a clause. */
    public static String clause(IOException cause) {
        return switch (cause) {
            case UnknownHostException _ -> "its name is not known";
            case ConnectException _ -> "nothing answers there";
            case SocketTimeoutException _ -> "it fell silent";
            case javax.net.ssl.SSLException e ->
                "its certificate or encryption is not accepted (" + e.getMessage() + ")";
            default -> String.valueOf(cause.getMessage()).replaceAll("[\\p{Cntrl}\\s]+", " ");
        };
    }

    private RuntimeException refused(RefusedException cause) {
        String token =
                place.token().map(known -> "the token in " + known.source()).orElse("");
        String name = what.repository().kind().label() + " " + what.repository();
        String hub = " (" + place.endpoint() + ", " + cause.getMessage() + ")";
        if (cause.code().equals("GatedRepo")) {
            return new InputException(
                    "The " + name + " is gated: accept its terms at " + place.endpoint() + "/"
                            + what.repository().address()
                            + (token.isEmpty()
                                    ? ", and set HF_TOKEN to a token of yours"
                                    : ", as whom " + token + " belongs to")
                            + hub + ".",
                    cause);
        }
        if (cause.code().equals("RevisionNotFound")) {
            return new InputException("The " + name + " has no revision '" + what.revision() + "'" + hub + ".", cause);
        }
        return switch (cause.status()) {
            case 401, 404 -> new InputException(missing(name, token) + hub + ".", cause);
            case 403 ->
                new InputException(
                        "The hub allows no access to the " + name
                                + (token.isEmpty()
                                        ? " without a token: set HF_TOKEN"
                                        : " by " + token + ": see what it may do")
                                + hub + ".",
                        cause);
            case 429 ->
                new SurroundingsException(
                        "The hub has been asked too often: wait a while, then run the same command" + hub + ".", cause);
            default -> new SurroundingsException("The hub refuses" + hub + ": try again later.", cause);
        };
    }

    private String missing(String name, String token) {
        String other = what.repository().kind() == RepositoryName.Kind.MODEL ? "; for a data set say --data" : "";
        return "The hub knows no " + name + ", or shows it only to its members" + other
                + (token.isEmpty()
                        ? "; there is no token: set HF_TOKEN for what is not public"
                        : "; " + token + " was sent");
    }
}
