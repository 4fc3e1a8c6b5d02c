package org.photointerests.pipeline.index

import androidx.sqlite.db.SupportSQLiteDatabase
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext

/**
 * Has what is deleted be overwritten with zeros: faces and names of people are among it.
 *
 * In a transaction it is the connection that writes, and not one of those that only read.
 */
internal fun SupportSQLiteDatabase.overwriteDeleted() {
    beginTransaction()
    try {
        query("PRAGMA secure_delete = ON").use { it.moveToFirst() }
        setTransactionSuccessful()
    } finally {
        endTransaction()
    }
}

/** Ends the log of changes, in which what was deleted lately still stands. */
internal suspend fun PhotoDatabase.emptyLog() = withContext(Dispatchers.IO) {
    openHelper.writableDatabase.query("PRAGMA wal_checkpoint(TRUNCATE)").use { it.moveToFirst() }
    Unit
}
