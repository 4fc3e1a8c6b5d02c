package org.photointerests.search

import androidx.sqlite.db.SimpleSQLiteQuery
import org.photointerests.pipeline.index.PhotoDatabase

private const val MIN_PREFIX_LENGTH = 5

/** All words that are in the index, as SQLite's own view of it has them. */
internal class SearchTerms(private val database: PhotoDatabase) {
    /** Terms one edit away from a word, and then those that begin so; the closest first. */
    fun near(word: String): List<String> {
        val whole = mutableListOf<String>()
        val begun = mutableListOf<String>()
        forEach { term ->
            when {
                isWithinOneEdit(word, term) -> whole += term
                word.length >= MIN_PREFIX_LENGTH && beginsWithinOneEdit(word, term) -> begun += term
            }
        }
        return whole + begun.sortedBy { it.length }
    }

    private fun forEach(action: (String) -> Unit) {
        // Room knows nothing of views on a full-text index: it is created where it is used.
        database.openHelper.writableDatabase.execSQL(
            "CREATE VIRTUAL TABLE IF NOT EXISTS search_terms USING fts4aux(search_texts)"
        )
        database.query(SimpleSQLiteQuery("SELECT term FROM search_terms WHERE col = '*'")).use {
            while (it.moveToNext()) action(it.getString(0))
        }
    }
}
