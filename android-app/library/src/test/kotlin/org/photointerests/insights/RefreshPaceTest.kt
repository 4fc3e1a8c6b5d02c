package org.photointerests.insights

import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.launch
import kotlinx.coroutines.test.advanceTimeBy
import kotlinx.coroutines.test.currentTime
import kotlinx.coroutines.test.runTest
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test

private const val MINUTE_MS = 60_000L
private const val COMPUTATION_MS = 300L

/** In the time of the test, which no loaded machine changes. */
class RefreshPaceTest {
    @Test
    fun profile_whilePhotosAreScanned_takesATenthOfTheTime() = runTest {
        val photos = MutableStateFlow(0)
        val pace = RefreshPace { currentTime * 1_000_000 }
        var busyMs = 0L
        suspend fun profile(count: Int): Int {
            delay(COMPUTATION_MS)
            busyMs += COMPUTATION_MS
            return count
        }
        val seen = mutableListOf<Int>()
        val screen = launch {
            pace.paced(photos).map { count -> pace.measure { profile(count) } }
                .collect { seen += it }
        }
        while (currentTime < MINUTE_MS) {
            advanceTimeBy(50) // twenty photos a second
            photos.value++
        }
        photos.value = 10_000
        advanceTimeBy(2 * MINUTE_MS)
        screen.cancel()
        assertEquals(10_000, seen.last())
        assertTrue("$busyMs", busyMs in MINUTE_MS / 20..MINUTE_MS / 9)
    }
}
