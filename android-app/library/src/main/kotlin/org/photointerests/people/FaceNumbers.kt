package org.photointerests.people

import android.util.Half
import java.nio.ByteBuffer
import java.nio.ByteOrder

/** Numbers of a face. */
internal const val WIDTH = 128

/** As they are stored: float16, little-endian. */
internal fun FloatArray.halves(): ByteArray {
    val buffer = littleEndian(ByteArray(size * Short.SIZE_BYTES))
    forEach { buffer.putShort(Half.toHalf(it)) }
    return buffer.array()
}

/** What [halves] wrote. */
internal fun ByteArray.fromHalves(): FloatArray {
    val buffer = littleEndian(this)
    return FloatArray(size / Short.SIZE_BYTES) { Half.toFloat(buffer.getShort()) }
}

/** [count] of these numbers from [start] on, as float32, little-endian. */
internal fun FloatArray.bytes(start: Int, count: Int): ByteArray {
    val buffer = littleEndian(ByteArray(count * Float.SIZE_BYTES))
    buffer.asFloatBuffer().put(this, start, count)
    return buffer.array()
}

/** Puts what [bytes] wrote at a place of [target]. */
internal fun ByteArray.putFloats(target: FloatArray, start: Int) {
    littleEndian(this).asFloatBuffer().get(target, start, size / Float.SIZE_BYTES)
}

private fun littleEndian(bytes: ByteArray) = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN)
