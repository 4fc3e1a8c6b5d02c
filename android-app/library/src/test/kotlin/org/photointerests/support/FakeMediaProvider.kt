package org.photointerests.support

import android.content.ContentProvider
import android.content.ContentValues
import android.content.Intent
import android.database.Cursor
import android.database.CursorWrapper
import android.database.sqlite.SQLiteDatabase
import android.net.Uri
import android.os.Bundle
import android.os.ParcelFileDescriptor
import java.io.FileNotFoundException

/** A MediaStore that answers queries by SQLite, as the real one does, over rows in memory. */
class FakeMediaProvider : ContentProvider() {
    private val database = SQLiteDatabase.create(null).apply {
        execSQL(
            "CREATE TABLE images (_id INTEGER, volume_name TEXT, date_added INTEGER, " +
                "datetaken INTEGER, generation_modified INTEGER, date_modified INTEGER, " +
                "_size INTEGER, bucket_id TEXT, bucket_display_name TEXT)"
        )
    }

    /** Called before each query. */
    var onQuery: () -> Unit = {}

    /** How many rows of an answer can be read, before the rest fails. */
    var breaksOffAfter = Int.MAX_VALUE

    /** Whether queries get no answer. */
    var mute = false

    fun add(
        id: Long,
        addedAtS: Long,
        takenAtMs: Long?,
        volume: String = "external_primary",
        album: String? = null
    ) {
        val values = listOf<Any?>(id, volume, addedAtS, takenAtMs, id * 10, addedAtS, id * 1000)
        val all = (values + album + album?.uppercase()).toTypedArray()
        database.execSQL("INSERT INTO images VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", all)
    }

    override fun onCreate() = true

    /** Version and generation of a volume, as MediaStore asks for them. */
    override fun call(method: String, arg: String?, extras: Bundle?): Bundle = Bundle().apply {
        val volume = extras?.getString(Intent.EXTRA_TEXT)
        if (method == "get_version") putString(Intent.EXTRA_TEXT, "v $volume")
        if (method == "get_generation") putLong(Intent.EXTRA_INDEX, 7)
    }

    override fun query(
        uri: Uri,
        columns: Array<String>?,
        selection: String?,
        values: Array<String>?,
        order: String?
    ): Cursor? {
        onQuery()
        if (mute) return null
        val rows = database.query("images", columns, selection, values, null, null, order)
        val last = breaksOffAfter
        return object : CursorWrapper(rows) {
            override fun moveToNext(): Boolean {
                check(position + 1 < last) { "the provider is gone" }
                return super.moveToNext()
            }
        }
    }

    override fun openFile(uri: Uri, mode: String): ParcelFileDescriptor =
        throw FileNotFoundException("$uri")

    override fun getType(uri: Uri): String? = null

    override fun insert(uri: Uri, values: ContentValues?): Uri? = null

    override fun delete(uri: Uri, where: String?, values: Array<String>?) = 0

    override fun update(uri: Uri, values: ContentValues?, where: String?, args: Array<String>?) = 0
}
