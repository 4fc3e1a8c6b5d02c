package org.photointerests.store

import androidx.room.Database
import androidx.room.RoomDatabase

/** All that this app keeps, but for its settings. */
@Database(entities = [PhotoRow::class, HiddenInterest::class], version = PhotoDatabase.VERSION)
abstract class PhotoDatabase : RoomDatabase() {
    abstract fun photos(): PhotoDao

    companion object {
        const val VERSION = 1
        const val FILE = "photos.db"
    }
}
