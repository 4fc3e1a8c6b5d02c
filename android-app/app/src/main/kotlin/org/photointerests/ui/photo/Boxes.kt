package org.photointerests.ui.photo

import androidx.compose.foundation.Canvas
import androidx.compose.material3.MaterialTheme
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.geometry.CornerRadius
import androidx.compose.ui.geometry.Offset
import androidx.compose.ui.geometry.Rect
import androidx.compose.ui.geometry.Size
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.graphics.drawscope.DrawScope
import androidx.compose.ui.graphics.drawscope.Stroke
import androidx.compose.ui.text.TextLayoutResult
import androidx.compose.ui.text.drawText
import androidx.compose.ui.text.rememberTextMeasurer
import androidx.compose.ui.unit.dp
import org.photointerests.core.Named
import org.photointerests.pipeline.analysis.detections.Box
import org.photointerests.ui.designsystem.name

/**
 * Where something is on a photo, and what it is called; a face has no name, unless the user gave the
 * [person] one.
 */
data class FoundBox(val box: Box, val named: Named? = null, val person: String? = null)

private val WIDTH = 2.dp
private val RADIUS = 6.dp
private val TEXT_EDGE = 6.dp

/**
 * Frames around what was found, over a photo of [photo] pixels that is fitted into the same place;
 * TalkBack reads their number elsewhere.
 */
@Composable
internal fun Boxes(boxes: List<FoundBox>, photo: Size, modifier: Modifier) {
    val measurer = rememberTextMeasurer()
    val style = MaterialTheme.typography.labelMedium.copy(color = Color.White)
    val texts = boxes.map {
        it.person ?: it.named?.name()
    }.map { it?.let { measurer.measure(it, style) } }
    Canvas(modifier) {
        val place = fitted(photo, size)
        boxes.forEachIndexed { index, found -> frame(found.box, place, texts[index]) }
    }
}

private fun DrawScope.frame(box: Box, place: Rect, text: TextLayoutResult?) {
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
    if (text == null) return
    val edge = TEXT_EDGE.toPx()
    val behind = Size(text.size.width + 2 * edge, text.size.height.toFloat())
    // Whole, for things at the right edge too.
    val left = corner.x.coerceAtMost(place.right - behind.width).coerceAtLeast(0f)
    val label = Offset(left, corner.y)
    drawRoundRect(Color.Black.copy(alpha = 0.7f), label, behind, CornerRadius(RADIUS.toPx()))
    drawText(text, topLeft = label + Offset(edge, 0f))
}

/** Where a picture is that is shown as large as fits into [place]. */
internal fun fitted(picture: Size, place: Size): Rect {
    val scale = minOf(place.width / picture.width, place.height / picture.height)
    val shown = Size(picture.width * scale, picture.height * scale)
    val corner = Offset((place.width - shown.width) / 2, (place.height - shown.height) / 2)
    return Rect(corner, shown)
}
