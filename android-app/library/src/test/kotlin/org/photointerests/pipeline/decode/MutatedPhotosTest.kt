package org.photointerests.pipeline.decode

import java.io.File
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.support.AppTestRunner
import org.photointerests.support.MutatedPhotos
import org.photointerests.support.TestBundle
import org.photointerests.support.drawnJpeg

private const val MEGABYTE = 1024

// What the largest photo that is not refused takes decoded, and as much again.
private const val MAX_MEGABYTES = 512
private const val MAX_KEPT_MEGABYTES = 16
private const val BYTES_A_MEGABYTE = 1_000_000

/** Thousands of broken files: each is packed or refused by name, and none takes the app down. */
@RunWith(AppTestRunner::class)
class MutatedPhotosTest {
    private val input = TestBundle.bundle.card.input
    private val packer = ImagePreprocessor(input)

    @Test
    fun pack_mutatedPhotos_packsOrRefusesEach() {
        val count = Integer.getInteger("mutations", 500)
        val photos = MutatedPhotos(seed = 1)
        var packed = 0
        val refused = mutableMapOf<PhotoProblem, Int>()
        packer.preprocess(drawnJpeg(seed = 1)::inputStream)
        val before = mostMemoryMegabytes()
        val heapBefore = heapMegabytes()
        val inUseBefore = heapInUseMegabytes()
        var mostHeap = heapBefore
        repeat(count) {
            val content = photos.next()
            try {
                assertEquals(input.bytes, packer.preprocess(content::inputStream).remaining())
                packed++
            } catch (error: PhotoException) {
                refused.merge(error.problem, 1, Int::plus)
            }
            mostHeap = maxOf(mostHeap, heapMegabytes())
        }
        // The heap grows with garbage until it is collected; what stays in use tells of a leak.
        val more = mostMemoryMegabytes() - before - (mostHeap - heapBefore)
        val kept = heapInUseMegabytes() - inUseBefore
        println("measured: mutated photos: $count")
        println("measured: packed all the same: $packed")
        refused.toSortedMap().forEach { (problem, number) ->
            println("measured: refused as ${problem.name}: $number")
        }
        println("measured: most memory outside the heap beyond that of a whole photo, MB: $more")
        println("measured: heap in use afterwards beyond that before, MB: $kept")
        assertTrue("$packed of $count", packed > count / 20)
        assertTrue("$refused", refused.keys.containsAll(EXPECTED))
        assertTrue("$more MB outside the heap", more <= MAX_MEGABYTES)
        assertTrue("$kept MB kept in the heap", kept <= MAX_KEPT_MEGABYTES)
    }

    /** The most that this process ever had, outside the heap too: pixels are outside of it. */
    private fun mostMemoryMegabytes(): Int = File("/proc/self/status").readLines()
        .first { it.startsWith("VmHWM") }
        .filter(Char::isDigit).toInt() / MEGABYTE

    private fun heapMegabytes(): Int =
        (Runtime.getRuntime().totalMemory() / BYTES_A_MEGABYTE).toInt()

    private fun heapInUseMegabytes(): Int {
        System.gc()
        val runtime = Runtime.getRuntime()
        return ((runtime.totalMemory() - runtime.freeMemory()) / BYTES_A_MEGABYTE).toInt()
    }

    private companion object {
        val EXPECTED =
            setOf(PhotoProblem.NOT_A_PHOTO, PhotoProblem.BROKEN, PhotoProblem.TOO_LARGE)
    }
}
