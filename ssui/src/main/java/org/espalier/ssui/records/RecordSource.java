package org.espalier.ssui.records;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.espalier.core.InputException;
import org.espalier.core.Progress;
import org.espalier.core.SsuiSample;
import org.espalier.core.file.FileTrouble;
import org.espalier.core.file.Json;
import org.espalier.core.file.SsuiFile;
import org.espalier.ssui.intake.Candidate;
import org.espalier.ssui.intake.Draw;
import org.espalier.ssui.intake.PictureList;
import org.espalier.ssui.intake.SourceWords;
import org.espalier.ssui.pool.PictureSource;
import org.espalier.ssui.review.Draft;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * A file of records with the folder of its pictures.
 *
 * @param list the file
 * @param folder that the records name pictures below
 */
public record RecordSource(RecordKind kind, Path list, Path folder) {
    /** What was read. @param left records that hold no path to reason along, and were left out */
    public record Reading(List<ForeignRecord> records, int left) {
        public Reading {
            records = List.copyOf(records);
        }
    }

    /**
     * A source as somebody writes it: {@code siuo:siuo_gen.json=FOLDER}.
     *
     * @throws InputException if it is none
     */
    public static RecordSource of(String words) {
        int colon = words.indexOf(':');
        RecordKind kind = RecordKind.of(colon < 0 ? "" : words.substring(0, colon))
                .orElseThrow(() -> new InputException("'" + words + "' begins with none of "
                        + String.join(", ", RecordKind.labels()) + ": write for example siuo:siuo_gen.json=FOLDER"));
        SourceWords places = SourceWords.of(words, java.util.Set.copyOf(RecordKind.labels()));
        return new RecordSource(kind, places.list(), places.folder());
    }

    /**
     * Reads every record.
     *
     * @throws InputException naming file, record and field of the first that is wrong
     */
    public Reading read() {
        return switch (kind) {
            case SSUI -> new Reading(SsuiFile.read(list).stream().map(this::own).toList(), 0);
            case SIUO -> new ForeignReader(this).siuo(json());
            case VLSBENCH -> new ForeignReader(this).vlsbench(json());
            case MSSBENCH -> new ForeignReader(this).mssbench(json());
        };
    }

    private ForeignRecord own(SsuiSample sample) {
        return new ForeignRecord(sample.question().image(), Draft.of(sample.fields()));
    }

    private JsonNode json() {
        try {
            return Json.parse(Files.readString(list));
        } catch (IOException e) {
            throw FileTrouble.reading(list, e);
        } catch (JacksonException e) {
            throw new InputException(list + " " + Json.complaint(e), e);
        }
    }

    /** The pictures of these records, for an intake. */
    public PictureList pictures(List<ForeignRecord> records) {
        return new PictureList() {
            @Override
            public String title() {
                return kind.label() + " records of " + list;
            }

            @Override
            public void tell(Draw draw, Progress progress) {
                records.stream().map(ForeignRecord::picture).distinct().forEach(file -> {
                    String key = folder.relativize(file).toString().replace('\\', '/');
                    if (draw.wants(kind.label(), key)) {
                        draw.take(new Candidate(
                                PictureSource.of(kind.label(), key), kind.licence(), new Candidate.Place.InFile(file)));
                    }
                });
            }
        };
    }
}
