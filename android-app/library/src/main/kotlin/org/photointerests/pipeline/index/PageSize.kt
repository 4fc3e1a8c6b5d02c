package org.photointerests.pipeline.index

import android.database.DatabaseErrorHandler
import android.database.sqlite.SQLiteDatabase
import android.database.sqlite.SQLiteException
import android.util.Log
import androidx.sqlite.db.SupportSQLiteDatabase
import androidx.sqlite.db.SupportSQLiteOpenHelper
import java.io.File
import java.io.RandomAccessFile

private const val TAG = "PageSize"
private const val HEADER_BYTES = 100
private const val PAGE_SIZE_OFFSET = 16L

/**
 * Gives a database pages of 16 KB.
 *
 * A row of features has 1,040 bytes: three of them fill a page of 4 KB, a quarter of which stays
 * empty, and fifteen a page of 16 KB, at 1,092 bytes each.
 */
internal object PageSize {
    const val BYTES = 16_384

    /** Does nothing to a database of this version; an older one is about to be migrated. */
    fun enlarge(file: File) {
        if (file.pageSize() == BYTES) return
        file.parentFile?.mkdirs()
        try {
            open(file).use { database ->
                if (database.version >= PhotoDatabase.VERSION) return
                database.pragma("journal_mode = DELETE") // pages stay as they are in WAL mode
                database.execSQL("PRAGMA page_size = $BYTES")
                database.execSQL("VACUUM")
            }
        } catch (error: SQLiteException) {
            // Full or damaged: whoever opens the database for use reports that.
            Log.i(TAG, "the pages stay as they are", error)
        }
    }

    /** As its header says; null for what is no database yet, or none at all. */
    private fun File.pageSize(): Int? {
        if (length() < HEADER_BYTES) return null
        return RandomAccessFile(this, "r").use {
            it.seek(PAGE_SIZE_OFFSET)
            it.readUnsignedShort()
        }
    }

    private fun open(file: File): SQLiteDatabase = SQLiteDatabase.openDatabase(
        file.path,
        null,
        SQLiteDatabase.CREATE_IF_NECESSARY or SQLiteDatabase.NO_LOCALIZED_COLLATORS,
        DatabaseErrorHandler { Log.i(TAG, "the database is damaged") }
    )

    private fun SQLiteDatabase.pragma(text: String): String? =
        rawQuery("PRAGMA $text", null).use { if (it.moveToFirst()) it.getString(0) else null }
}

/** Has [PageSize] look at a file before it is opened for the first time. */
internal class LargePageHelper(private val helper: SupportSQLiteOpenHelper, file: File) :
    SupportSQLiteOpenHelper by helper {
    private val enlarged by lazy { PageSize.enlarge(file) }

    override val writableDatabase: SupportSQLiteDatabase
        get() {
            enlarged
            return helper.writableDatabase
        }

    override val readableDatabase: SupportSQLiteDatabase
        get() {
            enlarged
            return helper.readableDatabase
        }
}
