package org.espalier.ssui.records;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.espalier.core.InputException;
import org.espalier.core.Labelled;
import org.espalier.core.Progress;
import org.espalier.core.SsuiSample;
import org.espalier.core.file.JsonFile;
import org.espalier.core.file.Sha256;
import org.espalier.core.file.SsuiFile;
import org.espalier.ssui.foreign.QuestionFile;
import org.espalier.ssui.intake.Candidate;
import org.espalier.ssui.intake.CandidateDraw;
import org.espalier.ssui.intake.PictureList;
import org.espalier.ssui.intake.SourceWords;
import org.espalier.ssui.pool.Licence;
import org.espalier.ssui.pool.PictureProvenance;
import org.espalier.ssui.pool.PictureSource;
import org.espalier.ssui.pool.Training;
import org.espalier.ssui.review.Draft;
import org.espalier.ssui.review.DraftBounds;
import tools.jackson.databind.JsonNode;

/**
 * A file of records with the folder of its pictures.
 *
 * @param list the file
 * @param folder that the records name pictures below
 */
public record RecordSource(RecordKind kind, Path list, Path folder) {
    /**
     * What was read.
     *
     * @param left records that hold no path to reason along, and were left out
     * @param missing pictures that are not there, one for each record that was left out for it
     */
    public record Reading(List<ForeignRecord> records, int left, List<Path> missing) {
        public Reading {
            records = List.copyOf(records);
            missing = List.copyOf(missing);
        }
    }

    /**
     * A source as somebody writes it: {@code siuo:siuo_gen.json=FOLDER}.
     *
     * @throws InputException if it is none
     */
    public static RecordSource of(String words) {
        int colon = words.indexOf(':');
        RecordKind kind = Labelled.find(RecordKind.class, colon < 0 ? "" : words.substring(0, colon))
                .orElseThrow(() -> new InputException(
                        "'" + words + "' begins with none of " + String.join(", ", Labelled.labels(RecordKind.class))
                                + ": write for example siuo:siuo_gen.json=FOLDER"));
        SourceWords places = SourceWords.of(words, Set.copyOf(Labelled.labels(RecordKind.class)));
        Path lines = kind == RecordKind.SSUI ? QuestionFile.lines(places.list()) : places.list();
        Path unpacked = lines.getParent();
        return lines.equals(places.list()) || unpacked == null
                ? new RecordSource(kind, places.list(), places.folder())
                : new RecordSource(kind, lines, unpacked);
    }

    /**
     * Reads every record.
     *
     * @throws InputException naming file, record and field of the first that is wrong
     */
    public Reading read() {
        return switch (kind) {
            case SSUI -> new Reading(SsuiFile.read(list).stream().map(this::own).toList(), 0, List.of());
            case SIUO -> new ForeignReader(this).siuo(json());
            case VLSBENCH -> new ForeignReader(this).vlsbench(json());
            case MSSBENCH -> new ForeignReader(this).mssbench(json());
        };
    }

    private ForeignRecord own(SsuiSample sample) {
        Draft draft = Draft.of(sample.fields());
        DraftBounds.check(draft, (field, what) -> {
            throw new InputException(list + ", sample \"" + sample.id() + "\": its " + field + " " + what);
        });
        return new ForeignRecord(sample.question().image(), draft);
    }

    private JsonNode json() {
        return JsonFile.value(list);
    }

    /** The pictures of these records, for an intake. */
    public PictureList pictures(List<ForeignRecord> records) {
        return new PictureList() {
            @Override
            public String title() {
                return kind.label() + " records of " + list;
            }

            @Override
            public void tell(CandidateDraw draw, Progress progress) {
                Map<Path, List<ForeignRecord>> shown = records.stream()
                        .collect(
                                Collectors.groupingBy(ForeignRecord::picture, LinkedHashMap::new, Collectors.toList()));
                Set<PictureSource> told = new HashSet<>();
                shown.forEach((file, of) -> {
                    Candidate candidate = candidate(file, of, told);
                    if (draw.wants(
                            candidate.source().collection(), candidate.source().key())) {
                        draw.take(candidate);
                    }
                });
            }
        };
    }

    /**
     * A picture with its terms and its source: those of the collection, or those that our own samples tell.
     *
     * @param told sources of other pictures; two that claim the same place are known by their files
     */
    private Candidate candidate(Path file, List<ForeignRecord> of, Set<PictureSource> told) {
        Licence terms = kind.licence();
        PictureSource source = PictureSource.of(
                kind.label(), folder.relativize(file).toString().replace('\\', '/'));
        if (kind == RecordKind.SSUI) {
            String sha256 = Sha256.of(file);
            for (ForeignRecord record : of) {
                PictureProvenance picture = PictureProvenance.of(record.draft().provenance(), sha256);
                if (terms.equals(Licence.UNKNOWN) || picture.licence().training() == Training.FORBIDDEN) {
                    terms = picture.licence();
                }
                if (!picture.source().collection().isEmpty()
                        && told.add(PictureSource.of(
                                picture.source().collection(), picture.source().key()))) {
                    source = picture.source();
                }
            }
        }
        return new Candidate(source, terms, new Candidate.Place.InFile(file));
    }
}
