package org.photointerests.ui.photo

import org.junit.Assert.assertEquals
import org.junit.Test
import org.photointerests.core.PhotoKey
import org.photointerests.people.GroupedFace
import org.photointerests.people.PersonFace
import org.photointerests.pipeline.analysis.detections.Box
import org.photointerests.pipeline.analysis.detections.Detection

private val LEFT = Box(0.1f, 0.2f, 0.2f, 0.3f)
private val RIGHT = Box(0.6f, 0.2f, 0.2f, 0.3f)

/** The frames of faces, some of which two analyzers have found. */
class FaceFramesTest {
    @Test
    fun faceWithAName_hasOneFrame_andOthersStayAsTheyAre() {
        val faces = listOf(Detection(0, 0.9f, LEFT), Detection(0, 0.8f, RIGHT))
        assertEquals(listOf(FoundBox(LEFT), FoundBox(RIGHT)), boxesOf(faces, emptyList()))
        val near = RIGHT.copy(left = 0.63f, height = 0.28f)
        assertEquals(
            listOf(FoundBox(LEFT), FoundBox(near, person = "Anna")),
            boxesOf(faces, listOf(named(near)))
        )
    }

    /** Faces are counted, or people are told apart: one without the other. */
    @Test
    fun faceWithAName_hasAFrame_whereFacesAreNotLookedFor() = assertEquals(
        listOf(FoundBox(LEFT, person = "Anna")),
        boxesOf(emptyList(), listOf(named(LEFT)))
    )

    private fun named(box: Box) =
        GroupedFace(PersonFace(1, PhotoKey("external_primary", 1), box), 7, "Anna")
}
