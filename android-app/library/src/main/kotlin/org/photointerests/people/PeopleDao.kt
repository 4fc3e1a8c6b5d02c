package org.photointerests.people

import androidx.room.ColumnInfo
import androidx.room.Dao
import androidx.room.Embedded
import androidx.room.Query
import kotlinx.coroutines.flow.Flow
import org.photointerests.core.PhotoKey
import org.photointerests.pipeline.analysis.detections.Box
import org.photointerests.pipeline.index.HIDDEN_ITEMS
import org.photointerests.search.DatedPhoto
import org.photointerests.search.ReferenceCount
import org.photointerests.search.ReferenceItem

private const val FACE =
    "f.id AS face, m.volume, m.media_id, f.`left`, f.top, f.width, f.height"
private const val FACES = "faces f JOIN face_clusters c ON c.id = f.cluster " +
    "JOIN people p ON p.id = c.person JOIN media_items m ON m.item = f.item"
private const val SHOWN = "f.item NOT IN ($HIDDEN_ITEMS)"
private const val GROUP =
    "SELECT p.id, p.name, p.kept, count(DISTINCT f.item) AS photos, count(*) AS faces, $FACE, " +
        "max(f.width * f.height) AS largest FROM $FACES WHERE $SHOWN"

// A face on one photo alone is in no group, unless the user decided on it.
private const val IS_SHOWN = "(p.kept OR (SELECT count(DISTINCT o.item) FROM faces o " +
    "JOIN face_clusters d ON d.id = o.cluster WHERE d.person = p.id) > 1)"

/** A face with its place, as queries give it. */
class FoundFace(
    val face: Long,
    val volume: String,
    @ColumnInfo(name = "media_id") val mediaId: Long,
    val left: Float,
    val top: Float,
    val width: Float,
    val height: Float
) {
    fun face() = PersonFace(face, PhotoKey(volume, mediaId), Box(left, top, width, height))
}

/** A group with its [largest] face. */
class FoundGroup(
    val id: Long,
    val name: String?,
    val kept: Boolean,
    val photos: Int,
    val faces: Int,
    @Embedded val cover: FoundFace,
    val largest: Float
) {
    fun group() = PersonGroup(id, name, photos, faces, cover.face())
}

/** A face with the id and the name of its group. */
class FoundMember(@Embedded val face: FoundFace, val person: Long, val name: String?) {
    fun face() = GroupedFace(face.face(), person, name)
}

/** Reads groups of faces. */
@Dao
interface PeopleDao {
    /** Those on two photos or more, and those that the user decided on; most photos first. */
    @Query("$GROUP GROUP BY p.id HAVING photos > 1 OR p.kept ORDER BY photos DESC, p.id")
    fun groups(): Flow<List<FoundGroup>>

    /** Faces on one photo alone that the user decided nothing on, those on the newest photos first. */
    @Query(
        "$GROUP GROUP BY p.id HAVING photos = 1 AND NOT p.kept " +
            "ORDER BY m.taken_at_ms DESC, m.item DESC, p.id LIMIT :most"
    )
    fun singles(most: Int): Flow<List<FoundGroup>>

    @Query("$GROUP AND p.id = :id GROUP BY p.id")
    fun group(id: Long): Flow<FoundGroup?>

    @Query(
        "SELECT $FACE FROM $FACES WHERE c.person = :id AND $SHOWN " +
            "ORDER BY m.taken_at_ms DESC, m.item DESC, f.`left`, f.id LIMIT :most"
    )
    fun faces(id: Long, most: Int): Flow<List<FoundFace>>

    @Query(
        "SELECT DISTINCT m.item, m.volume, m.media_id, m.taken_at_ms FROM $FACES " +
            "WHERE c.person = :id AND $SHOWN " +
            "ORDER BY m.taken_at_ms DESC, m.item DESC LIMIT :most"
    )
    suspend fun photos(id: Long, most: Int): List<DatedPhoto>

    @Query(
        "SELECT $FACE, p.id AS person, p.name FROM $FACES " +
            "WHERE m.volume = :volume AND m.media_id = :mediaId AND $IS_SHOWN " +
            "ORDER BY f.`left`, f.id"
    )
    suspend fun ofPhoto(volume: String, mediaId: Long): List<FoundMember>

    @Query("SELECT * FROM people WHERE name IS NOT NULL ORDER BY id")
    suspend fun named(): List<PersonRow>

    @Query(
        "SELECT DISTINCT c.person AS reference, f.item FROM $FACES " +
            "WHERE c.person IN (:people) AND $SHOWN"
    )
    suspend fun items(people: List<Long>): List<ReferenceItem>

    @Query(
        "SELECT p.id AS reference, count(DISTINCT f.item) AS photos FROM $FACES " +
            "WHERE p.name IS NOT NULL AND $SHOWN GROUP BY p.id"
    )
    suspend fun namedCounts(): List<ReferenceCount>

    @Query("SELECT count(*) FROM faces")
    fun count(): Flow<Int>
}
