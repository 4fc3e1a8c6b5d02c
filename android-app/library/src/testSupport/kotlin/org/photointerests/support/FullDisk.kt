package org.photointerests.support

import android.database.sqlite.SQLiteFullException
import kotlinx.coroutines.runBlocking
import org.photointerests.feedback.ExcludedAlbum
import org.photointerests.pipeline.index.PhotoDatabase

private const val UNLIMITED = 1_000_000

/** Fills a database to the last byte: SQLite itself then says that the disk is full. */
fun PhotoDatabase.fillUp() = runBlocking {
    pragma("max_page_count", pragma("page_count"))
    for (length in listOf(3000, 300, 60, 24)) {
        var number = 0
        try {
            while (true) {
                val text = "${number++}".padStart(length, '-')
                feedback().hide(text)
                feedback().insert(ExcludedAlbum(text, ""))
            }
        } catch (_: SQLiteFullException) {
            // As it should be: on to what is smaller.
        }
    }
}

/** Makes room again. */
fun PhotoDatabase.makeRoom() {
    pragma("max_page_count", UNLIMITED)
}

private fun PhotoDatabase.pragma(name: String, value: Int? = null): Int {
    val text = if (value == null) "PRAGMA $name" else "PRAGMA $name = $value"
    return openHelper.writableDatabase.query(text).use {
        it.moveToFirst()
        it.getInt(0)
    }
}
