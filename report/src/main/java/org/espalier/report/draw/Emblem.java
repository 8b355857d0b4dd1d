package org.espalier.report.draw;

/** A small tree tied to its wires. */
public final class Emblem {
    private Emblem() {}

    public static Html draw() {
        return Svg.drawing(72, 72, "emblem", "")
                .attribute("aria-hidden", "true")
                .add(
                        Svg.path("wire", "M4,22H68M4,38H68M4,54H68"),
                        Svg.path(
                                "wood",
                                "M36,70V12M36,62C36,56 30,54 24,54H8M36,62C36,56 42,54 48,54H64"
                                        + "M36,46C36,40 30,38 24,38H12M36,46C36,40 42,38 48,38H60"
                                        + "M36,30C36,24 30,22 25,22H17M36,30C36,24 42,22 47,22H55"),
                        Svg.circle("leaf", 8, 54, 3.5),
                        Svg.circle("leaf", 12, 38, 3.5),
                        Svg.circle("leaf", 60, 38, 3.5),
                        Svg.circle("leaf", 64, 54, 3.5),
                        Svg.circle("leaf", 17, 22, 3.5),
                        Svg.circle("leaf", 55, 22, 3.5),
                        Svg.circle("leaf", 36, 11, 4.5));
    }
}
