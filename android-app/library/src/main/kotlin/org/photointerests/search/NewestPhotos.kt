package org.photointerests.search

import java.util.BitSet
import org.photointerests.core.PhotoKey

// SQLite takes 999 arguments at most on the oldest Android.
private const val AT_ONCE = 900
private const val MAX_LOOKED_UP = 4 * AT_ONCE

/** Puts photos in the order of time. */
internal class NewestPhotos(private val dao: SearchDao) {
    /** The newest [most] of these photos, newest first. */
    suspend fun newest(items: BitSet, most: Int): List<PhotoKey> =
        if (items.cardinality() <= MAX_LOOKED_UP) lookedUp(items, most) else walked(items, most)

    private suspend fun lookedUp(items: BitSet, most: Int) = items.stream().asLongStream().toArray()
        .toList().chunked(AT_ONCE).flatMap { dao.photos(it) }
        .sortedWith(compareByDescending<DatedPhoto> { it.takenAtMs }.thenByDescending { it.item })
        .take(most).map { it.key }

    /** Where they are many, they are met soon on the way back in time. */
    private suspend fun walked(items: BitSet, most: Int): List<PhotoKey> {
        val found = mutableListOf<PhotoKey>()
        var last = DatedPhoto(Long.MAX_VALUE, "", 0, Long.MAX_VALUE)
        while (found.size < most) {
            val page = dao.photosBefore(last.takenAtMs, last.item, AT_ONCE)
            page.filter { items.get(Math.toIntExact(it.item)) }
                .mapTo(found) { it.key }
            if (page.size < AT_ONCE) break
            last = page.last()
        }
        return found.take(most)
    }
}
