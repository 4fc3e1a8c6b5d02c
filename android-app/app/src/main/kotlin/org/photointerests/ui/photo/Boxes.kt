package org.photointerests.ui.photo

import androidx.compose.foundation.Canvas
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.geometry.CornerRadius
import androidx.compose.ui.geometry.Offset
import androidx.compose.ui.geometry.Rect
import androidx.compose.ui.geometry.Size
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.graphics.drawscope.Stroke
import androidx.compose.ui.unit.dp
import org.photointerests.pipeline.analysis.detections.Box

private val WIDTH = 2.dp
private val RADIUS = 6.dp

/**
 * Frames around what was found, over a photo of [photo] pixels that is fitted into the same place;
 * TalkBack reads their number elsewhere.
 */
@Composable
internal fun Boxes(boxes: List<Box>, photo: Size, modifier: Modifier) = Canvas(modifier) {
    val place = fitted(photo, size)
    for (box in boxes) {
        val corner = place.topLeft + Offset(box.left * place.width, box.top * place.height)
        val sides = Size(box.width * place.width, box.height * place.height)
        // Light within dark: one of both can be seen on any photo.
        for ((color, width) in listOf(Color.Black to WIDTH * 2, Color.White to WIDTH)) {
            drawRoundRect(
                color,
                corner,
                sides,
                CornerRadius(RADIUS.toPx()),
                Stroke(width.toPx())
            )
        }
    }
}

/** Where a picture is that is shown as large as fits into [place]. */
internal fun fitted(picture: Size, place: Size): Rect {
    val scale = minOf(place.width / picture.width, place.height / picture.height)
    val shown = Size(picture.width * scale, picture.height * scale)
    val corner = Offset((place.width - shown.width) / 2, (place.height - shown.height) / 2)
    return Rect(corner, shown)
}
