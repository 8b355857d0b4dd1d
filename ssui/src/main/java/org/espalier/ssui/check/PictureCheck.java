package org.espalier.ssui.check;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.espalier.core.Progress;
import org.espalier.picture.PictureFault;
import org.espalier.picture.PictureLimits;
import org.espalier.picture.PictureScanner;
import org.espalier.picture.Scan;
import org.espalier.picture.similar.LookAlikes;

/** Decodes every picture once, and finds those that were swapped, and that are, or look like, one in another split. */
final class PictureCheck {
    private final Map<Path, List<Entry>> entries = new LinkedHashMap<>();

    void add(Entry entry) {
        entries.computeIfAbsent(entry.sample().question().image(), picture -> new ArrayList<>())
                .add(entry);
    }

    int pictures() {
        return entries.size();
    }

    /** Notes what is wrong where the sample stands. */
    void check(int near, Progress progress) {
        List<Path> pictures = List.copyOf(entries.keySet());
        Map<Path, Scan> scans = scans(pictures, progress);
        List<Path> sound = new ArrayList<>();
        for (Path picture : pictures) {
            switch (scans.getOrDefault(picture, new Scan.Faulty(PictureFault.MISSING, "is not there"))) {
                case Scan.Sound whole -> {
                    sound.add(picture);
                    of(picture).forEach(entry -> told(entry, whole));
                }
                case Scan.Faulty faulty -> {
                    Entry first = of(picture).getFirst();
                    first.line().wrong("image", "the picture " + first.sample().image() + " " + faulty.what());
                }
            }
        }
        leaks(sound, scans, near);
    }

    private static void told(Entry entry, Scan.Sound whole) {
        String told = entry.sample().fields().at("/provenance/picture/sha256").asString("");
        if (!told.isEmpty() && !told.equalsIgnoreCase(whole.sha256())) {
            entry.line()
                    .wrong(
                            "image",
                            "the picture " + entry.sample().image() + " is another than provenance.picture tells of:"
                                    + " its SHA-256 is " + whole.sha256());
        }
    }

    private List<Entry> of(Path picture) {
        return entries.getOrDefault(picture, List.of());
    }

    private static Map<Path, Scan> scans(List<Path> pictures, Progress progress) {
        PictureScanner scanner = new PictureScanner(PictureLimits.LOOSE);
        AtomicLong done = new AtomicLong();
        Map<Path, Scan> scans = new ConcurrentHashMap<>();
        pictures.parallelStream().forEach(picture -> {
            scans.put(picture, scanner.scan(picture));
            progress.at("looking at pictures", done.incrementAndGet(), pictures.size(), "");
        });
        return scans;
    }

    private void leaks(List<Path> pictures, Map<Path, Scan> scans, int near) {
        long[] hashes = new long[pictures.size()];
        for (int i = 0; i < hashes.length; i++) {
            hashes[i] = scans.get(pictures.get(i)) instanceof Scan.Sound sound ? sound.phash() : 0;
        }
        int[] groups = LookAlikes.groups(hashes, Math.max(near, 0));
        Map<Integer, Entry> firsts = new LinkedHashMap<>();
        for (int i = 0; i < groups.length; i++) {
            for (Entry entry : of(pictures.get(i))) {
                Entry first = firsts.putIfAbsent(groups[i], entry);
                if (first != null && !first.split().equals(entry.split())) {
                    leak(first, entry, scans);
                }
            }
        }
    }

    private static void leak(Entry first, Entry other, Map<Path, Scan> scans) {
        boolean same = hash(first, scans).equals(hash(other, scans));
        other.line()
                .wrong(
                        "image",
                        (same ? "is the picture" : "looks like the picture") + " of " + first.place(other.file())
                                + " in split \"" + first.split() + "\", while this is in \"" + other.split() + "\"");
    }

    private static String hash(Entry entry, Map<Path, Scan> scans) {
        return scans.get(entry.sample().question().image()) instanceof Scan.Sound sound ? sound.sha256() : "";
    }
}
