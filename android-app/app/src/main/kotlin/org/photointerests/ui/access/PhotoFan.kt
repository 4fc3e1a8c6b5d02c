package org.photointerests.ui.access

import androidx.compose.foundation.Canvas
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.offset
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.material3.Icon
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Surface
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.rotate
import androidx.compose.ui.geometry.Offset
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.graphics.Path
import androidx.compose.ui.graphics.drawscope.DrawScope
import androidx.compose.ui.graphics.drawscope.rotate
import androidx.compose.ui.res.painterResource
import androidx.compose.ui.unit.Dp
import androidx.compose.ui.unit.dp
import org.photointerests.R

private val sun = Color(0xFFFFC233)
private val petal = Color(0xFFFF8A65)
private val leaf = Color(0xFF3E8E5A)
private val sea = Color(0xFF2A7FA8)
private val hull = Color(0xFF5B3A29)
private const val PETALS = 8

/** Three photos fanned out, and a heart on them: what the app does, before it has any photo. */
@Composable
internal fun PhotoFan() = Box(Modifier.size(280.dp, 190.dp), Alignment.Center) {
    Photo(-12f, (-80).dp, Color(0xFFBFE6F7)) { boat() }
    Photo(12f, 80.dp, Color(0xFFDCEFD8)) { hills() }
    Photo(0f, 0.dp, Color(0xFFFFE9D6)) { flower() }
    Surface(
        Modifier.align(Alignment.BottomCenter),
        shape = MaterialTheme.shapes.extraLarge,
        color = MaterialTheme.colorScheme.primary,
        shadowElevation = 4.dp
    ) {
        Icon(painterResource(R.drawable.ic_interests), null, Modifier.padding(12.dp).size(28.dp))
    }
}

@Composable
private fun Photo(degrees: Float, x: Dp, sky: Color, draw: DrawScope.() -> Unit) = Surface(
    Modifier.offset(x = x).size(116.dp, 140.dp).rotate(degrees),
    shape = RoundedCornerShape(18.dp),
    color = Color.White,
    shadowElevation = 4.dp
) {
    Surface(
        Modifier.padding(8.dp),
        shape = RoundedCornerShape(12.dp),
        color = sky
    ) { Canvas(Modifier.fillMaxSize()) { draw() } }
}

private fun DrawScope.flower() {
    val stem = Offset(size.width / 2, size.height * 0.42f)
    drawLine(leaf, stem, Offset(size.width / 2, size.height), strokeWidth = size.width * 0.06f)
    repeat(PETALS) { number ->
        rotate(number * 360f / PETALS, stem) {
            drawCircle(petal, size.width * 0.13f, stem - Offset(0f, size.width * 0.19f))
        }
    }
    drawCircle(sun, size.width * 0.13f, stem)
}

private fun DrawScope.hills() {
    drawCircle(sun, size.width * 0.13f, Offset(size.width * 0.68f, size.height * 0.26f))
    shape(leaf.copy(alpha = 0.6f), 0f to 0.75f, 0.45f to 0.4f, 1f to 0.85f, 1f to 1f, 0f to 1f)
    shape(leaf, 0f to 0.9f, 0.75f to 0.55f, 1f to 0.7f, 1f to 1f, 0f to 1f)
}

private fun DrawScope.boat() {
    shape(sea, 0f to 0.7f, 1f to 0.7f, 1f to 1f, 0f to 1f)
    shape(petal, 0.46f to 0.2f, 0.46f to 0.62f, 0.2f to 0.62f)
    shape(Color.White, 0.51f to 0.12f, 0.51f to 0.62f, 0.82f to 0.62f)
    shape(hull, 0.16f to 0.66f, 0.86f to 0.66f, 0.74f to 0.8f, 0.28f to 0.8f)
}

/** Corners in parts of the width and of the height. */
private fun DrawScope.shape(color: Color, vararg corners: Pair<Float, Float>) {
    val path = Path()
    corners.forEachIndexed { index, (x, y) ->
        if (index == 0) {
            path.moveTo(x * size.width, y * size.height)
        } else {
            path.lineTo(x * size.width, y * size.height)
        }
    }
    drawPath(path, color)
}
