package org.photointerests.store

import android.database.sqlite.SQLiteDatabaseCorruptException
import android.database.sqlite.SQLiteException
import android.database.sqlite.SQLiteFullException
import android.system.ErrnoException
import android.system.OsConstants.ENOSPC
import java.io.IOException
import org.photointerests.model.CardException

/** What keeps the app from reading or writing what it stores, or from using its models. */
enum class Fault {
    STORAGE_FULL,

    /** What was stored is lost: Android has put an empty database in its place. */
    STORAGE_DAMAGED,
    STORAGE_UNREADABLE,
    MODEL_DAMAGED
}

/** The fault that an error, or a cause of it, tells of; null for a mistake in this app. */
fun faultOf(error: Throwable): Fault? {
    val causes = generateSequence(error) { it.cause }.toList()
    return causes.firstNotNullOfOrNull(::known)
        ?: Fault.STORAGE_UNREADABLE.takeIf {
            causes.any { it is SQLiteException || it is IOException }
        }
}

private fun known(error: Throwable): Fault? = when {
    error is SQLiteFullException -> Fault.STORAGE_FULL
    error is ErrnoException && error.errno == ENOSPC -> Fault.STORAGE_FULL
    error is SQLiteDatabaseCorruptException -> Fault.STORAGE_DAMAGED
    error is CardException -> Fault.MODEL_DAMAGED
    else -> null
}
