package org.photointerests.people

import androidx.room.Dao
import androidx.room.Insert
import androidx.room.Query
import androidx.room.Transaction

/** The sums of a cluster. */
class ClusterSums(val id: Long, val count: Int, val squares: Float, val sum: ByteArray)

/** The group of a cluster, null before the first one. */
class ClusterPerson(val id: Long, val person: Long?)

/** A face and its cluster. */
class FaceCluster(val id: Long, val cluster: Long)

/** Writes faces, their clusters and their groups. */
@Dao
interface FaceDao {
    @Insert
    suspend fun insert(faces: List<FaceRow>)

    @Insert
    suspend fun insert(cluster: ClusterRow): Long

    @Insert
    suspend fun insert(person: PersonRow): Long

    @Insert
    suspend fun insert(model: FaceModelRow)

    @Query("SELECT sha256 FROM face_model")
    suspend fun model(): String?

    @Query("DELETE FROM faces WHERE item = :item")
    suspend fun deleteFaces(item: Long)

    @Query("SELECT count(*) FROM faces")
    suspend fun count(): Int

    @Query(
        "UPDATE face_clusters SET count = :count, squares = :squares, sum = :sum, changed = 1 " +
            "WHERE id = :cluster"
    )
    suspend fun update(cluster: Long, count: Int, squares: Float, sum: ByteArray)

    @Query("SELECT count(*) FROM face_clusters")
    suspend fun clusters(): Int

    /** At most [limit] clusters after one, in the order of their ids. */
    @Query(
        "SELECT id, count, squares, sum FROM face_clusters WHERE id > :after " +
            "ORDER BY id LIMIT :limit"
    )
    suspend fun clustersAfter(after: Long, limit: Int): List<ClusterSums>

    @Query("SELECT id, person FROM face_clusters ORDER BY id")
    suspend fun people(): List<ClusterPerson>

    @Query("SELECT id FROM people WHERE kept")
    suspend fun kept(): List<Long>

    @Query("SELECT EXISTS (SELECT 1 FROM face_clusters WHERE changed OR person IS NULL)")
    suspend fun isChanged(): Boolean

    @Query("UPDATE face_clusters SET changed = 0 WHERE changed")
    suspend fun clearChanged()

    @Query("UPDATE face_clusters SET person = :person WHERE id IN (:clusters)")
    suspend fun assign(person: Long, clusters: List<Long>)

    /** Clusters whose sums are not those of their faces: some were deleted, or moved to others. */
    @Query(
        "SELECT id FROM face_clusters c WHERE count != " +
            "(SELECT count(*) FROM faces f WHERE f.cluster = c.id)"
    )
    suspend fun stale(): List<Long>

    @Query("SELECT embedding FROM faces WHERE cluster = :cluster ORDER BY id")
    suspend fun embeddings(cluster: Long): List<ByteArray>

    @Query("DELETE FROM face_clusters WHERE id = :cluster")
    suspend fun deleteCluster(cluster: Long)

    /** Groups without faces. */
    @Query(
        "DELETE FROM people WHERE id NOT IN " +
            "(SELECT person FROM face_clusters WHERE person IS NOT NULL)"
    )
    suspend fun deleteEmpty()

    @Query("SELECT * FROM people WHERE id = :id")
    suspend fun person(id: Long): PersonRow?

    @Query("UPDATE people SET name = :name, kept = 1 WHERE id = :id")
    suspend fun keep(id: Long, name: String?)

    @Query("UPDATE face_clusters SET person = :to, changed = 1 WHERE person = :from")
    suspend fun move(from: Long, to: Long)

    @Query("DELETE FROM people WHERE id = :id")
    suspend fun deletePerson(id: Long)

    @Query(
        "SELECT f.id, f.cluster FROM faces f JOIN face_clusters c ON c.id = f.cluster " +
            "WHERE c.person = :person"
    )
    suspend fun facesOf(person: Long): List<FaceCluster>

    @Query("UPDATE faces SET cluster = :cluster WHERE id IN (:faces)")
    suspend fun moveFaces(faces: List<Long>, cluster: Long)

    @Query(
        "DELETE FROM faces WHERE cluster IN (SELECT id FROM face_clusters WHERE person = :person)"
    )
    suspend fun deleteFacesOf(person: Long)

    @Query("DELETE FROM face_clusters WHERE person = :person")
    suspend fun deleteClustersOf(person: Long)

    @Transaction
    suspend fun deleteAll() {
        deleteFaces()
        deleteClusters()
        deletePeople()
        deleteModel()
    }

    @Query("DELETE FROM faces")
    suspend fun deleteFaces()

    @Query("DELETE FROM face_clusters")
    suspend fun deleteClusters()

    @Query("DELETE FROM people")
    suspend fun deletePeople()

    @Query("DELETE FROM face_model")
    suspend fun deleteModel()
}
