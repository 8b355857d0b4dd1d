package org.espalier.ssui.export;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.espalier.core.Progress;
import org.espalier.core.file.Json;
import org.espalier.picture.similar.LookAlikes;
import org.espalier.ssui.pool.Licence;
import org.espalier.ssui.pool.PictureProvenance;
import org.espalier.ssui.pool.PooledPicture;
import org.espalier.ssui.pool.Safety;
import org.espalier.ssui.pool.Training;
import org.espalier.ssui.review.Acceptance;
import org.espalier.ssui.review.Draft;
import org.espalier.ssui.review.DraftState;
import org.espalier.ssui.review.Drafts;
import org.espalier.ssui.review.Event;
import org.espalier.ssui.review.Filter;
import org.espalier.ssui.review.Reviewed;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads drafts as they stand, with what is known of each, and says which split each goes to. */
final class Gathering {
    private final Drafts drafts;
    private final PictureFacts facts;
    private final ExportSettings settings;

    Gathering(Drafts drafts, Path pictures, ExportSettings settings) {
        this.drafts = drafts;
        this.facts = new PictureFacts(pictures);
        this.settings = settings;
    }

    /**
     * What was read.
     *
     * @param items that go out, in the order of their ids: drafts come in whatever order machines finished them
     * @param harmful how many stay behind because somebody found their picture not to be harmless by itself
     * @param unanswered how many stay behind because their last step does not hold the answer
     */
    record Gathered(List<ExportedSample> items, int harmful, int unanswered) {}

    Gathered read(Progress progress) {
        List<ExportedSample> items = new ArrayList<>();
        Map<String, Safety> looked = new HashMap<>();
        drafts.each(Filter.ALL, reviewed -> {
            List<Event> events = reviewed.version() > 0 ? drafts.history(reviewed.id()) : List.of();
            ReviewProvenance.looked(events)
                    .ifPresent(word -> looked.merge(reviewed.current().image(), word, ReviewProvenance::stricter));
            if (reviewed.state() == DraftState.ACCEPTED
                    || (settings.unreviewed() && reviewed.state() == DraftState.DRAFT)) {
                items.add(item(reviewed, events));
                progress.at("reading drafts", items.size(), 0, "");
            }
        });
        // Of a picture that several drafts show, somebody's word counts for all of them.
        items.replaceAll(item -> Optional.ofNullable(looked.get(item.draft().image()))
                .map(item::looked)
                .orElse(item));
        items.sort(Comparator.comparing(item -> item.draft().id()));
        List<ExportedSample> harmless = items.stream()
                .filter(item -> item.picture().safety().verdict() != Safety.Verdict.UNSAFE)
                .toList();
        List<ExportedSample> sound = harmless.stream()
                .filter(item -> Acceptance.answered(item.draft()))
                .toList();
        return new Gathered(split(sound), items.size() - harmless.size(), harmless.size() - sound.size());
    }

    private ExportedSample item(Reviewed reviewed, List<Event> events) {
        Draft draft = reviewed.current();
        PooledPicture pooled = facts.of(draft.id(), draft.image());
        PooledPicture picture =
                PictureProvenance.of(draft.provenance(), pooled.sha256()).into(pooled);
        Path file = facts.file(draft.id(), draft.image());
        ArrayNode history = ReviewProvenance.history(draft.tag().path("history"), events);
        ObjectNode tag = draft.tag().deepCopy();
        if (!history.isEmpty()) {
            tag.set("history", history);
        }
        return new ExportedSample(draft.with(tag, provenance(reviewed, picture, history, events)), picture, file, "");
    }

    private ObjectNode provenance(Reviewed reviewed, PooledPicture picture, ArrayNode history, List<Event> events) {
        ObjectNode provenance = Json.object();
        provenance.setAll(reviewed.current().provenance());
        provenance.set("fields", FieldOrigins.of(provenance.path("fields"), history));
        Licence texts = settings.licence();
        if (!texts.equals(Licence.UNKNOWN)
                && PictureProvenance.licence(provenance.path("licence")).training() != Training.FORBIDDEN) {
            provenance.set("licence", Json.tree(texts));
        }
        ObjectNode about = provenance.putObject("picture");
        about.put("sha256", picture.sha256()).put("phash", HexFormat.of().toHexDigits(picture.phash()));
        about.set("licence", Json.tree(picture.licence()));
        about.set("source", Json.tree(picture.source()));
        about.set("safety", Json.tree(picture.safety()));
        ObjectNode review = provenance.putObject("review");
        review.put("state", reviewed.state().label()).put("revised", reviewed.revised());
        review.set("decisions", ReviewProvenance.decisions(events));
        return provenance;
    }

    /** Pictures that are, or look, alike stay together, and with them all samples that show them. */
    private List<ExportedSample> split(List<ExportedSample> items) {
        Map<String, Integer> places = new LinkedHashMap<>();
        List<PooledPicture> pictures = new ArrayList<>();
        for (ExportedSample item : items) {
            if (places.putIfAbsent(item.picture().sha256(), pictures.size()) == null) {
                pictures.add(item.picture());
            }
        }
        int[] groups = LookAlikes.groups(
                pictures.stream().mapToLong(PooledPicture::phash).toArray(), Math.max(settings.near(), 0));
        Map<Integer, String> names = new HashMap<>();
        for (int i = 0; i < groups.length; i++) {
            names.merge(groups[i], pictures.get(i).sha256(), (one, other) -> one.compareTo(other) < 0 ? one : other);
        }
        return items.stream()
                .map(item -> {
                    int group = groups[places.getOrDefault(item.picture().sha256(), 0)];
                    return item.in(settings.splits().of(names.getOrDefault(group, "")));
                })
                .toList();
    }
}
