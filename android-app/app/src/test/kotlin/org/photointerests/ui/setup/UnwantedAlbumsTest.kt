package org.photointerests.ui.setup

import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Test
import org.photointerests.ui.designsystem.name

/** Albums that are off unless their owner turns them on. */
class UnwantedAlbumsTest {
    @Test
    fun albumsOfOthersPictures_areUnwanted() {
        for (name in listOf(
            "Screenshots",
            "Screenshots_2026",
            "WhatsApp Images",
            "Telegram",
            "Download",
            "Downloads",
            "Bildschirmfotos",
            "Signal"
        )) {
            assertTrue(name, isProbablyUnwanted(name))
        }
    }

    @Test
    fun albumsOfOnesOwn_areWanted() {
        for (name in listOf("Camera", "100MEDIA", "Online", "Summer 2026", "Linea", "")) {
            assertFalse(name, isProbablyUnwanted(name))
        }
    }
}
