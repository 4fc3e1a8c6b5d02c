package org.photointerests.people

import androidx.room.Entity
import androidx.room.ForeignKey
import androidx.room.Index
import androidx.room.PrimaryKey
import org.photointerests.pipeline.index.MediaItem

/**
 * A face on a photo; a photo without any has no row.
 *
 * [version] is the id of the analyzer's version, the box in shares of the photo's sides, [embedding]
 * the numbers of its person as 128 float16, little-endian, and [cluster] the id of its [ClusterRow].
 */
@Entity(
    tableName = "faces",
    indices = [Index("item"), Index("cluster")],
    foreignKeys = [
        ForeignKey(
            entity = MediaItem::class,
            parentColumns = ["item"],
            childColumns = ["item"],
            onDelete = ForeignKey.CASCADE
        )
    ]
)
class FaceRow(
    @PrimaryKey(autoGenerate = true) val id: Long?,
    val item: Long,
    val version: Long,
    val left: Float,
    val top: Float,
    val width: Float,
    val height: Float,
    val embedding: ByteArray,
    val cluster: Long
) {
    companion object {
        /** What a face takes up with its share of the clusters, as measured in a test. */
        const val BYTES = 550L
    }
}

/**
 * Faces so near each other that they are of one person, and the group [person] that it is a part of;
 * null until groups are put together.
 *
 * [sum] is that of the embeddings of its [count] faces, as float32, little-endian, and [squares] that
 * of their squared lengths: all that clustering needs. [changed] where faces came or went since groups
 * were put together.
 */
@Entity(tableName = "face_clusters", indices = [Index("person")])
class ClusterRow(
    @PrimaryKey(autoGenerate = true) val id: Long?,
    val person: Long?,
    val count: Int,
    val squares: Float,
    val sum: ByteArray,
    val changed: Boolean
)

/** A group of faces; it is [kept] where the user named, joined or split it. */
@Entity(tableName = "people")
class PersonRow(
    @PrimaryKey(autoGenerate = true) val id: Long?,
    val name: String?,
    val kept: Boolean
)

/** Which network the numbers of all faces are of, by its hash: those of others cannot be compared. */
@Entity(tableName = "face_model")
class FaceModelRow(@PrimaryKey val sha256: String)
