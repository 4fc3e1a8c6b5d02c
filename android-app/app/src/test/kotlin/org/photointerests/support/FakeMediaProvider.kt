package org.photointerests.support

import android.content.ContentProvider
import android.content.ContentValues
import android.database.Cursor
import android.database.sqlite.SQLiteDatabase
import android.net.Uri
import android.os.ParcelFileDescriptor
import java.io.FileNotFoundException

/** A MediaStore that answers queries by SQLite, as the real one does, over rows in memory. */
class FakeMediaProvider : ContentProvider() {
    private val database = SQLiteDatabase.create(null).apply {
        execSQL(
            "CREATE TABLE images (_id INTEGER, volume_name TEXT, date_added INTEGER, " +
                "datetaken INTEGER, generation_modified INTEGER, date_modified INTEGER)"
        )
    }

    /** Called before each query. */
    var onQuery: () -> Unit = {}

    fun add(id: Long, addedAtS: Long, takenAtMs: Long?, volume: String = "external_primary") {
        val values = arrayOf<Any?>(id, volume, addedAtS, takenAtMs, id * 10, addedAtS)
        database.execSQL("INSERT INTO images VALUES (?, ?, ?, ?, ?, ?)", values)
    }

    override fun onCreate() = true

    override fun query(
        uri: Uri,
        columns: Array<String>?,
        selection: String?,
        values: Array<String>?,
        order: String?
    ): Cursor {
        onQuery()
        return database.query("images", columns, selection, values, null, null, order)
    }

    override fun openFile(uri: Uri, mode: String): ParcelFileDescriptor =
        throw FileNotFoundException("$uri")

    override fun getType(uri: Uri): String? = null

    override fun insert(uri: Uri, values: ContentValues?): Uri? = null

    override fun delete(uri: Uri, where: String?, values: Array<String>?) = 0

    override fun update(uri: Uri, values: ContentValues?, where: String?, args: Array<String>?) = 0
}
