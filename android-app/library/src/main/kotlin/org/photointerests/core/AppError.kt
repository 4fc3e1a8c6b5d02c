package org.photointerests.core

import android.database.sqlite.SQLiteDatabaseCorruptException
import android.database.sqlite.SQLiteException
import android.database.sqlite.SQLiteFullException
import android.system.ErrnoException
import android.system.OsConstants.ENOSPC
import java.io.IOException
import org.photointerests.pipeline.media.GalleryException

/** What keeps the app from reading or writing what it stores, or from using its models. */
enum class AppError {
    STORAGE_FULL,

    /** What was stored is lost: an empty database has taken its place. */
    STORAGE_DAMAGED,
    STORAGE_UNREADABLE,
    MODEL_DAMAGED,

    /** MediaStore does not answer. */
    GALLERY_UNAVAILABLE
}

/** The kind of an error, or of a cause of it; null for a mistake in this app. */
fun appErrorOf(error: Throwable): AppError? {
    val causes = generateSequence(error) { it.cause }.toList()
    return causes.firstNotNullOfOrNull(::known)
        ?: AppError.STORAGE_UNREADABLE.takeIf {
            causes.any { it is SQLiteException || it is IOException }
        }
}

private fun known(error: Throwable): AppError? = when {
    error is SQLiteFullException -> AppError.STORAGE_FULL
    // SQLite may end a transaction by itself on a full storage; Android's own end then fails.
    error is SQLiteException && "no transaction is active" in error.message.orEmpty() ->
        AppError.STORAGE_FULL
    error is ErrnoException && error.errno == ENOSPC -> AppError.STORAGE_FULL
    error is SQLiteDatabaseCorruptException -> AppError.STORAGE_DAMAGED
    error is GalleryException -> AppError.GALLERY_UNAVAILABLE
    error is CardException -> AppError.MODEL_DAMAGED
    else -> null
}
