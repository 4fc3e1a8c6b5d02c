package org.photointerests.insights.interests

import androidx.room.ColumnInfo
import androidx.room.Entity

/**
 * The aggregator's running state over [photos] photos of a month, as its floats' bytes.
 *
 * [lastItem] is the largest and [itemSum] the sum of the photos' items: where a photo was changed or
 * deleted since, they no longer fit the index, and the month is read again. New photos have larger
 * items, and are added to the state. [models] names the extractor and the aggregator.
 */
@Entity(tableName = "month_states", primaryKeys = ["month"])
class MonthState(
    val month: Int,
    val models: String,
    val photos: Int,
    @ColumnInfo(name = "last_item") val lastItem: Long,
    @ColumnInfo(name = "item_sum") val itemSum: Long,
    @ColumnInfo(typeAffinity = ColumnInfo.BLOB) val state: ByteArray
)

/**
 * The photos of a month: how many, the largest item and the sum of all items.
 *
 * [knownPhotos] and [knownSum] are the same of those that a stored state of the month may hold.
 */
class MonthPhotos(
    val month: Int,
    val photos: Int,
    @ColumnInfo(name = "last_item") val lastItem: Long,
    @ColumnInfo(name = "item_sum") val itemSum: Long,
    @ColumnInfo(name = "known_photos") val knownPhotos: Int,
    @ColumnInfo(name = "known_sum") val knownSum: Long
)

/** A profile as it was last shown, by the name of its period; [cacheKey] names the state of its months. */
@Entity(tableName = "profiles", primaryKeys = ["period"])
class StoredProfile(
    val period: String,
    val models: String,
    @ColumnInfo(name = "cache_key") val cacheKey: Long,
    val content: String
)
