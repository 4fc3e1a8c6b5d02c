package org.photointerests.pipeline.index

import android.content.Context
import androidx.room.AutoMigration
import androidx.room.Database
import androidx.room.DeleteColumn
import androidx.room.Room
import androidx.room.RoomDatabase
import androidx.room.migration.AutoMigrationSpec
import androidx.sqlite.db.SupportSQLiteDatabase
import org.photointerests.feedback.ExcludedAlbum
import org.photointerests.feedback.FeedbackDao
import org.photointerests.feedback.HiddenInterest
import org.photointerests.feedback.PinnedInterest
import org.photointerests.feedback.RejectedPhoto
import org.photointerests.feedback.RejectedProduct
import org.photointerests.insights.interests.MonthState
import org.photointerests.insights.interests.PhotoInterest
import org.photointerests.insights.interests.PhotoKind
import org.photointerests.insights.interests.ProfileDao
import org.photointerests.insights.interests.StoredProfile
import org.photointerests.insights.similar.PhotoSketch
import org.photointerests.insights.similar.SketchDao
import org.photointerests.people.ClusterRow
import org.photointerests.people.FaceDao
import org.photointerests.people.FaceModelRow
import org.photointerests.people.FaceRow
import org.photointerests.people.PeopleDao
import org.photointerests.people.PersonRow
import org.photointerests.pipeline.analysis.detections.DetectionDao
import org.photointerests.pipeline.analysis.detections.DetectionRow
import org.photointerests.pipeline.analysis.features.FeatureDao
import org.photointerests.pipeline.analysis.features.FeatureRow
import org.photointerests.pipeline.analysis.places.PhotoPlaceRow
import org.photointerests.pipeline.analysis.places.PlaceDao
import org.photointerests.pipeline.analysis.places.PlaceRow
import org.photointerests.pipeline.analysis.scenes.SceneDao
import org.photointerests.pipeline.analysis.scenes.SceneRow
import org.photointerests.pipeline.analysis.text.TextDao
import org.photointerests.pipeline.analysis.text.TextInterestRow
import org.photointerests.pipeline.analysis.text.TextLineRow
import org.photointerests.search.RecentSearch
import org.photointerests.search.SearchDao
import org.photointerests.search.SearchDocument
import org.photointerests.search.SearchText

/** All that this app keeps, but for its settings. */
@Database(
    entities = [
        MediaItem::class,
        HiddenVolume::class,
        AnalyzerVersion::class,
        AnalysisStatus::class,
        FeatureRow::class,
        HiddenInterest::class,
        PinnedInterest::class,
        ExcludedAlbum::class,
        RejectedPhoto::class,
        RejectedProduct::class,
        Checkpoint::class,
        MonthState::class,
        PhotoInterest::class,
        StoredProfile::class,
        PhotoKind::class,
        PhotoSketch::class,
        SearchDocument::class,
        SearchText::class,
        RecentSearch::class,
        SceneRow::class,
        PlaceRow::class,
        PhotoPlaceRow::class,
        DetectionRow::class,
        TextLineRow::class,
        TextInterestRow::class,
        FaceRow::class,
        ClusterRow::class,
        PersonRow::class,
        FaceModelRow::class
    ],
    version = PhotoDatabase.VERSION,
    autoMigrations = [
        AutoMigration(from = 1, to = 2, spec = WithoutScanNumbers::class),
        AutoMigration(from = 2, to = 3),
        // Which photos show which interests and kinds or, as the user says, do not, which have a
        // time of the camera's, products that are not wanted, and what searches need.
        AutoMigration(from = 4, to = 5),
        // The scenes and places of photos.
        AutoMigration(from = 5, to = 6),
        // What detectors find on photos.
        AutoMigration(from = 6, to = 7),
        // The text of photos, and the interests that it names.
        AutoMigration(from = 7, to = 8),
        // Groups of faces of the same person.
        AutoMigration(from = 8, to = 9)
    ]
)
abstract class PhotoDatabase : RoomDatabase() {
    abstract fun media(): MediaDao

    abstract fun features(): FeatureDao

    abstract fun profiles(): ProfileDao

    abstract fun feedback(): FeedbackDao

    abstract fun search(): SearchDao

    abstract fun sketches(): SketchDao

    abstract fun analysis(): AnalysisDao

    abstract fun scenes(): SceneDao

    abstract fun places(): PlaceDao

    abstract fun detections(): DetectionDao

    abstract fun texts(): TextDao

    abstract fun faces(): FaceDao

    abstract fun people(): PeopleDao

    companion object {
        const val VERSION = 9
        const val FILE = "photos.db"

        /**
         * The app's database; [onReset] is called when one had to be thrown away: it was damaged, or
         * a later version of the app had written it.
         */
        fun open(context: Context, onReset: () -> Unit): PhotoDatabase =
            builder(context, FILE, onReset).build()

        /** The same in a file of any name or path. */
        internal fun builder(
            context: Context,
            file: String,
            onReset: () -> Unit = {}
        ): Builder<PhotoDatabase> = Room
            .databaseBuilder(context, PhotoDatabase::class.java, file)
            .addMigrations(MediaItemsMigration)
            .fallbackToDestructiveMigrationOnDowngrade(dropAllTables = true)
            .addCallback(object : Callback() {
                override fun onOpen(db: SupportSQLiteDatabase) = db.overwriteDeleted()

                override fun onDestructiveMigration(db: SupportSQLiteDatabase) = onReset()
            })
            .openHelperFactory(CorruptionReportingOpenHelperFactory(onReset))
    }
}

/** Version 2: what is gone is found by comparison, without writing to every photo. */
@DeleteColumn(tableName = "photos", columnName = "scan")
internal class WithoutScanNumbers : AutoMigrationSpec
