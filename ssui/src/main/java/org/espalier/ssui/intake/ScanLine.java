package org.espalier.ssui.intake;

import java.util.HexFormat;
import org.espalier.core.file.Json;
import org.espalier.picture.PictureFault;
import org.espalier.picture.PictureFormat;
import org.espalier.picture.PictureSize;
import org.espalier.picture.Scan;
import tools.jackson.databind.JsonNode;

/** What came of looking at a picture, as a line that another process may send. */
final class ScanLine {
    private ScanLine() {}

    static String of(Scan scan) {
        return Json.line(
                switch (scan) {
                    case Scan.Sound sound ->
                        Json.object()
                                .put("bytes", sound.bytes())
                                .put("sha256", sound.sha256())
                                .put("format", sound.format().name())
                                .put("width", sound.size().width())
                                .put("height", sound.size().height())
                                .put("phash", HexFormat.of().toHexDigits(sound.phash()));
                    case Scan.Faulty(PictureFault fault, String what) ->
                        Json.object().put("fault", fault.name()).put("what", what);
                });
    }

    static Scan read(String line) {
        JsonNode in = Json.parse(line);
        if (in.has("fault")) {
            return new Scan.Faulty(
                    PictureFault.valueOf(in.required("fault").stringValue()),
                    in.required("what").stringValue());
        }
        return new Scan.Sound(
                in.required("bytes").longValue(),
                in.required("sha256").stringValue(),
                PictureFormat.valueOf(in.required("format").stringValue()),
                new PictureSize(
                        in.required("width").intValue(), in.required("height").intValue()),
                HexFormat.fromHexDigitsToLong(in.required("phash").stringValue()));
    }
}
