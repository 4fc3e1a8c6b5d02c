package org.photointerests.support

import java.nio.ByteBuffer
import java.nio.ByteOrder
import org.photointerests.core.PhotoKey
import org.photointerests.people.ClusterRow
import org.photointerests.people.FaceRow
import org.photointerests.people.PersonRow
import org.photointerests.pipeline.analysis.detections.Box
import org.photointerests.pipeline.index.PhotoDatabase

private const val WIDTH = 128
private const val ONE_AS_HALF: Short = 0x3C00

/** Faces that nobody has, in groups as a pass leaves them. */
object TestPeople {
    /**
     * Stores a face of a [person], 1 to 127, on a photo that is in the database; the group's id is that
     * number.
     */
    suspend fun put(database: PhotoDatabase, key: PhotoKey, box: Box, person: Int) {
        val dao = database.faces()
        val item = checkNotNull(database.media().item(key.volume, key.id)?.item) { "no photo $key" }
        val id = person.toLong()
        if (dao.person(id) == null) dao.insert(PersonRow(id, null, kept = false))
        val count = dao.facesOf(id).size + 1
        if (count == 1) dao.insert(ClusterRow(id, id, 0, 0f, ByteArray(0), changed = true))
        val (left, top, width, height) = box
        dao.insert(listOf(FaceRow(null, item, 0, left, top, width, height, numbers(person), id)))
        dao.update(id, count, count.toFloat(), sum(person, count))
        dao.clearChanged()
    }

    /** People are 1.4 apart: each has a number of his own that is one. */
    private fun numbers(person: Int) = littleEndian(WIDTH * Short.SIZE_BYTES)
        .putShort(person * Short.SIZE_BYTES, ONE_AS_HALF).array()

    private fun sum(person: Int, count: Int) = littleEndian(WIDTH * Float.SIZE_BYTES)
        .putFloat(person * Float.SIZE_BYTES, count.toFloat()).array()

    private fun littleEndian(bytes: Int) = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN)
}
