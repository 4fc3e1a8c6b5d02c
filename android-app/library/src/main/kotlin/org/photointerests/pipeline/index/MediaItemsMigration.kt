package org.photointerests.pipeline.index

import androidx.room.migration.Migration
import androidx.sqlite.db.SupportSQLiteDatabase

/**
 * Version 4: one table of photos was parted into media items, the state of each analysis, and the
 * features. Nothing is read again; what months and profiles say is computed again.
 */
internal object MediaItemsMigration : Migration(3, 4) {
    private val tables = listOf(
        "CREATE TABLE `media_items` (`item` INTEGER, `volume` TEXT NOT NULL, " +
            "`media_id` INTEGER NOT NULL, `generation` INTEGER NOT NULL, " +
            "`file_signature` INTEGER NOT NULL, `taken_at_ms` INTEGER NOT NULL, " +
            "`utc_offset_s` INTEGER, `month` INTEGER NOT NULL, `album` TEXT, PRIMARY KEY(`item`))",
        "CREATE UNIQUE INDEX `index_media_items_volume_media_id` " +
            "ON `media_items` (`volume`, `media_id`)",
        "CREATE TABLE `hidden_volumes` (`volume` TEXT NOT NULL, PRIMARY KEY(`volume`))",
        "CREATE TABLE `analyzer_versions` (`id` INTEGER, `analyzer` TEXT NOT NULL, " +
            "`version` TEXT NOT NULL, PRIMARY KEY(`id`))",
        "CREATE UNIQUE INDEX `index_analyzer_versions_analyzer_version` " +
            "ON `analyzer_versions` (`analyzer`, `version`)",
        "CREATE TABLE `analysis_status` (`item` INTEGER NOT NULL, `analyzer` TEXT NOT NULL, " +
            "`version` INTEGER NOT NULL, `state` INTEGER NOT NULL, `attempts` INTEGER NOT NULL, " +
            "`reason` TEXT, PRIMARY KEY(`item`, `analyzer`), FOREIGN KEY(`item`) REFERENCES " +
            "`media_items`(`item`) ON UPDATE NO ACTION ON DELETE CASCADE )",
        "CREATE INDEX `index_analysis_status_version_state_item` " +
            "ON `analysis_status` (`version`, `state`, `item`)",
        "CREATE TABLE `features` (`item` INTEGER NOT NULL, `version` INTEGER NOT NULL, " +
            "`month` INTEGER NOT NULL, `features` BLOB NOT NULL, PRIMARY KEY(`item`), " +
            "FOREIGN KEY(`item`) REFERENCES `media_items`(`item`) " +
            "ON UPDATE NO ACTION ON DELETE CASCADE )",
        "CREATE INDEX `index_features_version_month` ON `features` (`version`, `month`)"
    )
    private val rows = listOf(
        "INSERT INTO analyzer_versions (analyzer, version) " +
            "SELECT DISTINCT 'features', extractor FROM photos",
        "INSERT INTO media_items (volume, media_id, generation, file_signature, taken_at_ms, " +
            "month, album) SELECT volume, id, generation, stamp, taken_at_ms, month, album " +
            "FROM photos ORDER BY rowid",
        "INSERT INTO features SELECT m.item, v.id, p.month, p.features FROM media_items m " +
            "JOIN photos p ON p.volume = m.volume AND p.id = m.media_id " +
            "JOIN analyzer_versions v ON v.version = p.extractor " +
            "WHERE p.features IS NOT NULL ORDER BY m.item",
        "INSERT INTO analysis_status SELECT m.item, 'features', v.id, " +
            "CASE WHEN p.failure IS NULL THEN 2 ELSE 3 END, p.failure IS NOT NULL, p.failure " +
            "FROM media_items m JOIN photos p ON p.volume = m.volume AND p.id = m.media_id " +
            "JOIN analyzer_versions v ON v.version = p.extractor ORDER BY m.item",
        "DROP TABLE photos"
    )
    private val others = listOf(
        "ALTER TABLE wanted_interests RENAME TO pinned_interests",
        "ALTER TABLE checkpoints RENAME TO old_checkpoints",
        "CREATE TABLE `checkpoints` (`volume` TEXT NOT NULL, `version` TEXT NOT NULL, " +
            "`generation` INTEGER NOT NULL, `analyzers` TEXT NOT NULL, PRIMARY KEY(`volume`))",
        "INSERT INTO checkpoints " +
            "SELECT volume, version, generation, 'features ' || extractor FROM old_checkpoints",
        "DROP TABLE old_checkpoints",
        "DROP TABLE month_states",
        "CREATE TABLE `month_states` (`month` INTEGER NOT NULL, `models` TEXT NOT NULL, " +
            "`photos` INTEGER NOT NULL, `last_item` INTEGER NOT NULL, " +
            "`item_sum` INTEGER NOT NULL, `state` BLOB NOT NULL, PRIMARY KEY(`month`))",
        "DROP TABLE profiles",
        "CREATE TABLE `profiles` (`period` TEXT NOT NULL, `models` TEXT NOT NULL, " +
            "`cache_key` INTEGER NOT NULL, `content` TEXT NOT NULL, PRIMARY KEY(`period`))"
    )

    override fun migrate(db: SupportSQLiteDatabase) = (tables + rows + others).forEach(db::execSQL)
}
