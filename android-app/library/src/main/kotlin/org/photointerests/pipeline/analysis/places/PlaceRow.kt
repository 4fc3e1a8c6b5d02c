package org.photointerests.pipeline.analysis.places

import androidx.room.ColumnInfo
import androidx.room.Embedded
import androidx.room.Entity
import androidx.room.ForeignKey
import androidx.room.Index
import androidx.room.PrimaryKey
import org.photointerests.pipeline.index.MediaItem

/**
 * A place that photos were taken in: a town, by its index in the list of places.
 *
 * [names] and [countryNames] are JSON objects of names by language, [country] the ISO 3166 code of its
 * country. [latitude] and [longitude] are those of its middle, in degrees. [version] is the id of the
 * analyzer's version, whose list it is in.
 */
@Entity(tableName = "places", primaryKeys = ["version", "place"])
class PlaceRow(
    val version: Long,
    val place: Int,
    val names: String,
    val country: String,
    @ColumnInfo(name = "country_names") val countryNames: String,
    val latitude: Float,
    val longitude: Float
)

/** That a photo was taken in a place; the position in its file is not kept. */
@Entity(
    tableName = "photo_places",
    indices = [Index("version", "place", "item")],
    foreignKeys = [
        ForeignKey(
            entity = MediaItem::class,
            parentColumns = ["item"],
            childColumns = ["item"],
            onDelete = ForeignKey.CASCADE
        )
    ]
)
class PhotoPlaceRow(@PrimaryKey val item: Long, val version: Long, val place: Int) {
    companion object {
        /** What a row takes up with its entry in the index, as measured in a test. */
        const val BYTES = 29L
    }
}

/** How many photos of a day, counted from 1970, were taken in a place. */
class PlaceDay(
    val day: Long,
    val place: Int,
    val names: String,
    val country: String,
    @ColumnInfo(name = "country_names") val countryNames: String,
    val latitude: Float,
    val longitude: Float,
    val photos: Int
)

/** A place, and how many photos were taken there. */
class PlaceCount(
    val place: Int,
    val names: String,
    val country: String,
    @ColumnInfo(name = "country_names") val countryNames: String,
    val photos: Int
)

/** A place with the newest photo of those that were taken there, and how many they are. */
class PlaceCover(
    @Embedded val count: PlaceCount,
    val volume: String,
    @ColumnInfo(name = "media_id") val mediaId: Long,
    @ColumnInfo(name = "newest_ms") val newestMs: Long
)
