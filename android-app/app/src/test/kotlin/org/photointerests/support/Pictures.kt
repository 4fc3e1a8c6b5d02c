package org.photointerests.support

import androidx.compose.ui.test.SemanticsNodeInteraction
import com.github.takahirom.roborazzi.RoborazziOptions
import com.github.takahirom.roborazzi.RoborazziTaskType
import com.github.takahirom.roborazzi.captureRoboImage
import java.io.File

// A word that is another one changes more pixels; a renderer that rounds otherwise, fewer.
private const val MAX_CHANGED_PART = 0.0005f

// Half as large as a phone shows it: a picture in a document need not be larger.
private const val SCALE = 0.5

/**
 * Compares the screen with its committed picture, and fails where they differ; what differs is
 * drawn beside the build's results. With -Pscreens=FOLDER a new picture is kept there instead.
 */
fun SemanticsNodeInteraction.compareScreen(name: String) {
    val folder = System.getProperty("screens")
    val recordOptions = RoborazziOptions.RecordOptions(resizeScale = SCALE)
    if (folder != null) {
        val options = RoborazziOptions(RoborazziTaskType.Record, recordOptions = recordOptions)
        return captureRoboImage(File(folder, "$name.png").path, options)
    }
    val committed = File(checkNotNull(System.getProperty("committedScreens")), "$name.png")
    check(committed.exists()) { "no picture $committed: draw it with -Pscreens=../docs/screens" }
    captureRoboImage(
        committed.path,
        RoborazziOptions(
            RoborazziTaskType.Verify,
            compareOptions = RoborazziOptions.CompareOptions(
                outputDirectoryPath = checkNotNull(System.getProperty("changedScreens")),
                changeThreshold = MAX_CHANGED_PART
            ),
            recordOptions = recordOptions
        )
    )
}

/** Keeps a picture of the screen for stores, in the build's folder. */
fun SemanticsNodeInteraction.saveStoreScreen(name: String) = captureRoboImage(
    File(checkNotNull(System.getProperty("storeScreens")), "$name.png").path,
    RoborazziOptions(RoborazziTaskType.Record)
)
