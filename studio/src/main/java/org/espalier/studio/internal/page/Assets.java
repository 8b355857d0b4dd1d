package org.espalier.studio.internal.page;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.espalier.core.file.Sha256;
import org.espalier.core.file.Shipped;
import org.espalier.report.Report;
import org.espalier.studio.internal.web.Response;

/** Style sheets and the script, under addresses that change with their content, so that browsers may keep them. */
public final class Assets {
    private static final int YEAR = 31_536_000;

    private final Map<String, Response> byAddress = new LinkedHashMap<>();
    private final Map<String, String> addresses = new LinkedHashMap<>();

    public Assets() {
        put("report.css", "text/css; charset=utf-8", Report.styleSheet().getBytes(StandardCharsets.UTF_8));
        put("studio.css", "text/css; charset=utf-8", Shipped.bytes(Assets.class, "studio.css"));
        put("studio.js", "text/javascript; charset=utf-8", Shipped.bytes(Assets.class, "studio.js"));
    }

    private void put(String name, String type, byte[] bytes) {
        String address = "/assets/" + Sha256.of(bytes).substring(0, 12) + "/" + name;
        addresses.put(name, address);
        byAddress.put(address, Response.kept(type, bytes, YEAR));
    }

    /** Where an asset lies. */
    public String at(String name) {
        return Optional.ofNullable(addresses.get(name)).orElseThrow();
    }

    public Optional<Response> find(String address) {
        return Optional.ofNullable(byAddress.get(address));
    }
}
