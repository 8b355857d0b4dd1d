package org.espalier.hub.repository;

import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.espalier.core.InputException;

/**
 * Which hub is asked, where its files are kept here, and by which token it knows us.
 *
 * @param endpoint its address, without a slash at the end
 * @param cache the folder of the cache that all programs share
 * @param offline whether nothing may be asked
 */
public record HubPlace(URI endpoint, Path cache, Optional<HubToken> token, boolean offline) {
    private static final String USUAL = "https://huggingface.co";
    private static final Pattern VARIABLE = Pattern.compile("\\$(\\w+|\\{[^}]*})");

    /**
     * As the environment says it to every program of the hub: {@code HF_ENDPOINT}, {@code HF_HUB_CACHE}, {@code HF_HOME},
     * {@code XDG_CACHE_HOME}, {@code HF_TOKEN}, {@code HF_TOKEN_PATH}, {@code HF_HUB_OFFLINE}, {@code TRANSFORMERS_OFFLINE}.
     *
     * @throws InputException if one of these is set to what cannot be meant
     */
    public static HubPlace of(Map<String, String> environment) {
        Path home = set(environment, "HF_HOME")
                .orElseGet(() -> set(environment, "XDG_CACHE_HOME")
                        .orElseGet(() -> Path.of(System.getProperty("user.home", "."), ".cache"))
                        .resolve("huggingface"));
        Path cache = set(environment, "HF_HUB_CACHE")
                .or(() -> set(environment, "HUGGINGFACE_HUB_CACHE"))
                .orElseGet(() -> home.resolve("hub"));
        Optional<HubToken> token = word(environment, "HF_TOKEN")
                .or(() -> word(environment, "HUGGING_FACE_HUB_TOKEN"))
                .map(value -> HubToken.of(value, "the environment variable HF_TOKEN"))
                .or(() -> HubToken.in(set(environment, "HF_TOKEN_PATH").orElseGet(() -> home.resolve("token"))));
        boolean offline = word(environment, "HF_HUB_OFFLINE")
                .or(() -> word(environment, "TRANSFORMERS_OFFLINE"))
                .map(said -> said.toUpperCase(Locale.ROOT).matches("1|ON|YES|TRUE"))
                .orElse(false);
        return new HubPlace(
                address(word(environment, "HF_ENDPOINT").orElse(USUAL), "HF_ENDPOINT"),
                cache.toAbsolutePath().normalize(),
                token,
                offline);
    }

    /** The same with another hub. */
    public HubPlace at(String url) {
        return new HubPlace(address(url, "the hub's address"), cache, token, offline);
    }

    private static URI address(String url, String what) {
        try {
            URI address = URI.create(url.strip().replaceAll("/+$", ""));
            if (address.getHost() != null
                    && ("https".equals(address.getScheme()) || "http".equals(address.getScheme()))
                    && address.getQuery() == null
                    && address.getFragment() == null
                    && address.getUserInfo() == null) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            // Told below, as what is no address of a web server is.
        }
        throw new InputException(what + " is '" + url + "': it must be an address such as " + USUAL);
    }

    private static Optional<String> word(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    /** Files of settings hold {@code $HOME} as it stands; other variables than those that are set stay. */
    private static String expanded(String value, Map<String, String> environment) {
        return VARIABLE.matcher(value)
                .replaceAll(found -> Matcher.quoteReplacement(
                        environment.getOrDefault(found.group(1).replaceAll("[{}]", ""), found.group())));
    }

    private static Optional<Path> set(Map<String, String> environment, String name) {
        return word(environment, name).map(said -> {
            String value = expanded(said, environment);
            try {
                boolean home = value.equals("~") || value.startsWith("~/");
                return home ? Path.of(System.getProperty("user.home", "."), value.substring(1)) : Path.of(value);
            } catch (InvalidPathException e) {
                throw new InputException("the environment variable " + name + " is no path of a folder", e);
            }
        });
    }
}
