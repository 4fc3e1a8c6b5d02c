package org.photointerests.store

import androidx.room.AutoMigration
import androidx.room.Database
import androidx.room.DeleteColumn
import androidx.room.RoomDatabase
import androidx.room.migration.AutoMigrationSpec

/** All that this app keeps, but for its settings. */
@Database(
    entities = [
        PhotoRow::class,
        HiddenInterest::class,
        WantedInterest::class,
        ExcludedAlbum::class,
        Checkpoint::class,
        MonthState::class,
        StoredProfile::class
    ],
    version = PhotoDatabase.VERSION,
    autoMigrations = [
        AutoMigration(from = 1, to = 2, spec = WithoutScanNumbers::class),
        AutoMigration(from = 2, to = 3)
    ]
)
abstract class PhotoDatabase : RoomDatabase() {
    abstract fun photos(): PhotoDao

    abstract fun profiles(): ProfileDao

    abstract fun choices(): ChoiceDao

    companion object {
        const val VERSION = 3
        const val FILE = "photos.db"
    }
}

/** Version 2: what is gone is found by comparison, without writing to every photo. */
@DeleteColumn(tableName = "photos", columnName = "scan")
internal class WithoutScanNumbers : AutoMigrationSpec
