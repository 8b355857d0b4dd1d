package org.espalier.studio.internal.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.espalier.core.file.Sha256;
import org.espalier.report.Report;
import org.espalier.studio.internal.web.Response;

/** Style sheets and the script, under addresses that change with their content, so that browsers may keep them. */
public final class Assets {
    private static final int YEAR = 31_536_000;

    private final Map<String, Response> byAddress = new LinkedHashMap<>();
    private final Map<String, String> addresses = new LinkedHashMap<>();

    public Assets() {
        put("report.css", "text/css; charset=utf-8", Report.styleSheet().getBytes(StandardCharsets.UTF_8));
        put("studio.css", "text/css; charset=utf-8", read("studio.css"));
        put("studio.js", "text/javascript; charset=utf-8", read("studio.js"));
    }

    private void put(String name, String type, byte[] bytes) {
        String address = "/assets/" + Sha256.of(bytes).substring(0, 12) + "/" + name;
        addresses.put(name, address);
        byAddress.put(address, Response.kept(type, bytes, YEAR));
    }

    private static byte[] read(String name) {
        try (InputStream in = Assets.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing from the studio module");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where an asset lies. */
    public String at(String name) {
        return Optional.ofNullable(addresses.get(name)).orElseThrow();
    }

    public Optional<Response> find(String address) {
        return Optional.ofNullable(byAddress.get(address));
    }
}
