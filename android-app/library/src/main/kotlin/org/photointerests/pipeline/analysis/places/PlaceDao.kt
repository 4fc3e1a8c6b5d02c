package org.photointerests.pipeline.analysis.places

import androidx.room.Dao
import androidx.room.Insert
import androidx.room.OnConflictStrategy
import androidx.room.Query
import androidx.room.Transaction
import kotlinx.coroutines.flow.Flow
import org.photointerests.pipeline.index.HIDDEN_ITEMS
import org.photointerests.search.DatedPhoto
import org.photointerests.search.ReferenceItem

private const val VERSION =
    "(SELECT id FROM analyzer_versions WHERE analyzer = 'place' AND version = :version)"
private const val SHOWN = "p.version = $VERSION AND p.item NOT IN ($HIDDEN_ITEMS)"
private const val PLACE = "SELECT l.* FROM photo_places p JOIN places l " +
    "ON l.version = p.version AND l.place = p.place JOIN media_items m ON m.item = p.item"

/** Reads and writes the places of photos; those of other versions are never mixed in. */
@Dao
interface PlaceDao {
    /** Keeps where a photo was taken, in the place of what an earlier version found; null for nowhere. */
    @Transaction
    suspend fun replace(item: Long, place: PlaceRow?) {
        delete(item)
        if (place == null) return
        insert(place)
        insert(PhotoPlaceRow(item, place.version, place.place))
    }

    @Insert(onConflict = OnConflictStrategy.IGNORE)
    suspend fun insert(place: PlaceRow)

    @Insert
    suspend fun insert(row: PhotoPlaceRow)

    @Query("DELETE FROM photo_places WHERE item = :item")
    suspend fun delete(item: Long)

    @Transaction
    suspend fun deleteAll() {
        deletePhotos()
        deletePlaces()
    }

    @Query("DELETE FROM photo_places")
    suspend fun deletePhotos()

    @Query("DELETE FROM places")
    suspend fun deletePlaces()

    @Query("SELECT count(*) FROM photo_places")
    fun count(): Flow<Int>

    @Query("$PLACE WHERE m.volume = :volume AND m.media_id = :mediaId AND p.version = $VERSION")
    suspend fun place(version: String, volume: String, mediaId: Long): PlaceRow?

    /** The places with photos, those of most photos first. */
    @Query(
        "SELECT l.place, l.names, l.country, l.country_names, counted.photos FROM " +
            "(SELECT p.version, p.place, count(*) AS photos FROM photo_places p WHERE $SHOWN " +
            "GROUP BY p.place) counted " +
            "JOIN places l ON l.version = counted.version AND l.place = counted.place " +
            "ORDER BY counted.photos DESC, l.place"
    )
    suspend fun counts(version: String): List<PlaceCount>

    /** The same, each with its newest photo: that of the row which SQLite takes the maximum from. */
    @Query(
        "SELECT l.place, l.names, l.country, l.country_names, counted.photos, counted.volume, " +
            "counted.media_id, counted.newest_ms FROM (SELECT p.version, p.place, " +
            "count(*) AS photos, max(m.taken_at_ms) AS newest_ms, m.volume, m.media_id " +
            "FROM photo_places p JOIN media_items m ON m.item = p.item WHERE $SHOWN " +
            "GROUP BY p.place) counted " +
            "JOIN places l ON l.version = counted.version AND l.place = counted.place " +
            "ORDER BY counted.photos DESC, l.place"
    )
    suspend fun covers(version: String): List<PlaceCover>

    /** The newest [limit] photos of some hundred places at most. */
    @Query(
        "SELECT m.item, m.volume, m.media_id, m.taken_at_ms FROM photo_places p " +
            "JOIN media_items m ON m.item = p.item WHERE p.place IN (:places) AND $SHOWN " +
            "ORDER BY m.taken_at_ms DESC, m.item DESC LIMIT :limit"
    )
    suspend fun photos(version: String, places: List<Int>, limit: Int): List<DatedPhoto>

    /** The days with photos in each place, by the clock of the day that is kept with each photo. */
    @Query(
        "SELECT counted.day, l.place, l.names, l.country, l.country_names, l.latitude, " +
            "l.longitude, counted.photos FROM (SELECT p.version, p.place, count(*) AS photos, " +
            "(m.taken_at_ms / 1000 + coalesce(m.utc_offset_s, 0)) / 86400 AS day " +
            "FROM photo_places p JOIN media_items m ON m.item = p.item " +
            "WHERE $SHOWN AND m.timed GROUP BY day, p.place) counted " +
            "JOIN places l ON l.version = counted.version AND l.place = counted.place " +
            "ORDER BY counted.day, l.place"
    )
    suspend fun days(version: String): List<PlaceDay>

    @Query(
        "SELECT p.place AS reference, p.item FROM photo_places p " +
            "WHERE p.place IN (:places) AND $SHOWN"
    )
    suspend fun ofPlaces(version: String, places: List<Int>): List<ReferenceItem>
}
