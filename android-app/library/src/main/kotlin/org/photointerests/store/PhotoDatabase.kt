package org.photointerests.store

import android.content.Context
import androidx.room.AutoMigration
import androidx.room.Database
import androidx.room.DeleteColumn
import androidx.room.Room
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

        /** The app's database; [onDamage] is told when a damaged one had to be thrown away. */
        fun open(context: Context, onDamage: () -> Unit): PhotoDatabase = Room
            .databaseBuilder(context, PhotoDatabase::class.java, FILE)
            .openHelperFactory(DamageTelling(onDamage))
            .build()
    }
}

/** Version 2: what is gone is found by comparison, without writing to every photo. */
@DeleteColumn(tableName = "photos", columnName = "scan")
internal class WithoutScanNumbers : AutoMigrationSpec
