package org.photointerests.support

import android.content.ContentProvider
import android.content.ContentResolver
import android.content.ContentValues
import android.content.Intent
import android.content.res.AssetFileDescriptor
import android.database.Cursor
import android.database.CursorWrapper
import android.database.sqlite.SQLiteDatabase
import android.graphics.Point
import android.net.Uri
import android.os.Bundle
import android.os.CancellationSignal
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

    fun edit(id: Long, generation: Long) = database.execSQL(
        "UPDATE images SET generation_modified = ?, date_modified = ? WHERE _id = ?",
        arrayOf(generation, generation, id)
    )

    /** Sides of the thumbnails that were asked for; there is none. */
    val thumbnails = mutableListOf<Int>()

    override fun openTypedAssetFile(
        uri: Uri,
        mimeType: String,
        options: Bundle?,
        signal: CancellationSignal?
    ): AssetFileDescriptor? {
        // A photo that is opened as a whole comes by here too, without a size.
        options?.getParcelable(ContentResolver.EXTRA_SIZE, Point::class.java)
            ?.let { thumbnails += it.x }
        throw FileNotFoundException("no thumbnail of $uri")
    }

    override fun onCreate() = true

    /** What each volume's index is at. */
    var generation = 7L

    /** Version and generation of a volume, as MediaStore asks for them. */
    override fun call(method: String, arg: String?, extras: Bundle?): Bundle = Bundle().apply {
        val volume = extras?.getString(Intent.EXTRA_TEXT)
        if (method == "get_version") putString(Intent.EXTRA_TEXT, "v $volume")
        if (method == "get_generation") putLong(Intent.EXTRA_INDEX, generation)
    }

    /** How many rows each answer had. */
    val answers = mutableListOf<Int>()

    override fun query(
        uri: Uri,
        columns: Array<String>?,
        arguments: Bundle?,
        signal: CancellationSignal?
    ): Cursor? = answer(
        columns,
        arguments?.getString(ContentResolver.QUERY_ARG_SQL_SELECTION),
        arguments?.getStringArray(ContentResolver.QUERY_ARG_SQL_SELECTION_ARGS),
        arguments?.getString(ContentResolver.QUERY_ARG_SQL_SORT_ORDER),
        arguments?.getInt(ContentResolver.QUERY_ARG_LIMIT, -1)?.takeIf { it >= 0 }
    )

    override fun query(
        uri: Uri,
        columns: Array<String>?,
        selection: String?,
        values: Array<String>?,
        order: String?
    ): Cursor? = answer(columns, selection, values, order, limit = null)

    private fun answer(
        columns: Array<String>?,
        selection: String?,
        values: Array<String>?,
        order: String?,
        limit: Int?
    ): Cursor? {
        onQuery()
        if (mute) return null
        val rows = database
            .query("images", columns, selection, values, null, null, order, limit?.toString())
        answers += rows.count
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
