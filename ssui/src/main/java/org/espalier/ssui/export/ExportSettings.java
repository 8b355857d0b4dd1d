package org.espalier.ssui.export;

import org.espalier.ssui.pool.Licence;
import org.espalier.ssui.taxonomy.Taxonomy;

/**
 * How a dataset is written.
 *
 * @param title of the dataset card
 * @param unreviewed whether drafts that nobody has decided on are taken too
 * @param embedded whether Parquet files hold the pictures, or the paths of them
 * @param near pictures whose perceptual hashes differ in so many bits or fewer stay in one split
 * @param licence of the texts; each picture has its own
 */
public record ExportSettings(
        String title,
        boolean unreviewed,
        boolean embedded,
        Splits splits,
        int near,
        Licence licence,
        Taxonomy taxonomy) {}
