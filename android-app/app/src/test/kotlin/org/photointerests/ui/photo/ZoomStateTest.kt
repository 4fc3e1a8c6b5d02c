package org.photointerests.ui.photo

import androidx.compose.ui.geometry.Offset
import androidx.compose.ui.geometry.Size
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Test

/** In a place of 400 x 800 pixels. */
class ZoomStateTest {
    private val state = ZoomState().apply { size = Size(400f, 800f) }
    private val middle = Offset(200f, 400f)

    @Test
    fun transform_whatIsUnderTheFingers_staysThere() {
        state.transform(Offset(300f, 500f), Offset.Zero, 2f)
        val before = onPhoto(Offset(250f, 450f))
        state.transform(Offset(250f, 450f), Offset.Zero, 1.5f)
        assertEquals(before, onPhoto(Offset(250f, 450f)))
        assertEquals(3f, state.scale)
    }

    @Test
    fun transform_photoNeverLeavesItsPlace() {
        state.transform(middle, Offset.Zero, 2f)
        assertTrue(state.transform(middle, Offset(900f, -900f), 1f))
        assertEquals(Offset(200f, -400f), state.offset)
        // At its edge the gesture is for the pages.
        assertFalse(state.transform(middle, Offset(30f, 0f), 1f))
        state.transform(middle, Offset.Zero, 0.01f)
        assertEquals(1f to Offset.Zero, state.scale to state.offset)
        state.transform(middle, Offset.Zero, 100f)
        assertEquals(8f, state.scale)
    }

    @Test
    fun transform_ofAPhotoThatIsNotZoomed_movesNothing() {
        assertFalse(state.transform(middle, Offset(50f, 20f), 1f))
        assertFalse(state.isZoomed)
    }

    @Test
    fun toggle_zoomsInOnAPointAndOutAgain() {
        val point = Offset(100f, 200f)
        val before = onPhoto(point)
        state.toggle(point)
        assertTrue(state.isZoomed)
        assertEquals(before, onPhoto(point))
        state.toggle(point)
        assertEquals(1f to Offset.Zero, state.scale to state.offset)
    }

    /** The point of the photo, from its middle and as it is without zoom. */
    private fun onPhoto(point: Offset) = (point - middle - state.offset) / state.scale
}
