package org.photointerests.support

import android.graphics.Bitmap
import android.graphics.Canvas
import android.graphics.Color
import android.graphics.LinearGradient
import android.graphics.Paint
import android.graphics.Path
import android.graphics.Shader
import java.io.ByteArrayOutputStream
import kotlin.random.Random

/** Seeds of one tens draw the same thing, each a little different. */
private const val SEEDS_OF_SCENE = 10

/** A photo that nobody took: a flower, a boat, fruit, a pizza or a night, by the seed's tens. */
fun drawnPhoto(seed: Int, width: Int = 640, height: Int = 480): Bitmap {
    val bitmap = Bitmap.createBitmap(width, height, Bitmap.Config.ARGB_8888)
    val scene = Scene(Canvas(bitmap), width.toFloat(), height.toFloat(), Random(seed))
    when (seed / SEEDS_OF_SCENE % 5) {
        0 -> scene.flower()
        1 -> scene.boat()
        2 -> scene.fruit()
        3 -> scene.pizza()
        else -> scene.night()
    }
    return bitmap
}

/** A drawn photo as a file. */
fun drawnJpeg(seed: Int, width: Int = 640, height: Int = 480): ByteArray =
    ByteArrayOutputStream().also {
        drawnPhoto(seed, width, height).compress(Bitmap.CompressFormat.JPEG, 85, it)
    }.toByteArray()

private class Scene(
    private val canvas: Canvas,
    private val width: Float,
    private val height: Float,
    private val random: Random
) {
    private val middleX = width * between(0.35f, 0.65f)
    private val middleY = height * between(0.4f, 0.6f)
    private val size = minOf(width, height) * between(0.8f, 1.15f)

    fun flower() {
        sky(between(195f, 225f), 0.35f)
        rect(height * 0.75f, height, paint(between(85f, 120f), 0.6f, 0.55f))
        val stem = paint(110f, 0.7f, 0.45f)
        canvas.drawRect(middleX - size * 0.02f, middleY, middleX + size * 0.02f, height, stem)
        val petal = paint(between(42f, 52f), 0.85f, 0.98f)
        repeat(16) { circle(it * 22.5f, size * 0.22f, size * 0.09f, petal) }
        canvas.drawCircle(middleX, middleY, size * 0.17f, paint(25f, 0.7f, 0.35f))
    }

    fun boat() {
        sky(between(200f, 230f), 0.3f)
        rect(height * 0.62f, height, paint(between(195f, 215f), 0.75f, 0.65f))
        val water = height * 0.66f
        triangle(0.02f to 0.05f, 0.02f to 0.62f, 0.32f to 0.62f, water, paint(0f, 0f, 0.97f))
        val red = paint(between(0f, 25f), 0.7f, 0.9f)
        triangle(-0.02f to 0.12f, -0.02f to 0.62f, -0.22f to 0.62f, water, red)
        val hull = Path().apply {
            moveTo(middleX - size * 0.3f, water)
            lineTo(middleX + size * 0.34f, water)
            lineTo(middleX + size * 0.22f, water + size * 0.12f)
            lineTo(middleX - size * 0.22f, water + size * 0.12f)
            close()
        }
        canvas.drawPath(hull, paint(20f, 0.6f, 0.35f))
    }

    fun fruit() {
        sky(between(20f, 40f), 0.2f)
        rect(height * 0.7f, height, paint(28f, 0.45f, between(0.45f, 0.6f)))
        for ((x, y) in listOf(-0.24f to 0.2f, 0.24f to 0.22f, 0f to 0.24f, 0.02f to -0.06f)) {
            val centerX = middleX + x * size
            val centerY = middleY + y * size
            canvas.drawCircle(
                centerX,
                centerY,
                size * 0.19f,
                paint(between(24f, 36f), 0.85f, 0.96f)
            )
            val shine = paint(45f, 0.25f, 1f)
            canvas.drawCircle(centerX - size * 0.06f, centerY - size * 0.07f, size * 0.03f, shine)
        }
    }

    fun pizza() {
        canvas.drawPaint(paint(between(20f, 35f), 0.35f, 0.5f))
        canvas.drawCircle(middleX, middleY, size * 0.44f, paint(0f, 0f, 0.95f))
        canvas.drawCircle(middleX, middleY, size * 0.4f, paint(32f, 0.6f, 0.75f))
        canvas.drawCircle(middleX, middleY, size * 0.35f, paint(46f, 0.65f, 0.97f))
        repeat(9) {
            circle(it * 40f, size * between(0.08f, 0.27f), size * 0.05f, paint(8f, 0.8f, 0.8f))
        }
        repeat(7) {
            circle(it * 51f, size * between(0.05f, 0.3f), size * 0.02f, paint(110f, 0.7f, 0.4f))
        }
    }

    fun night() {
        sky(between(225f, 260f), 0.8f, light = 0.35f)
        repeat(40) {
            val star = paint(50f, 0.1f, 1f)
            canvas.drawCircle(width * random.nextFloat(), height * random.nextFloat(), 1.5f, star)
        }
        canvas.drawCircle(middleX, height * 0.3f, size * 0.1f, paint(50f, 0.2f, 1f))
        rect(height * between(0.75f, 0.85f), height, paint(250f, 0.5f, 0.15f))
    }

    private fun sky(hue: Float, saturation: Float, light: Float = 0.95f) {
        val colors = intArrayOf(
            Color.HSVToColor(floatArrayOf(hue, saturation + 0.2f, light)),
            Color.HSVToColor(floatArrayOf(hue, saturation / 2, light))
        )
        val shader = LinearGradient(0f, 0f, 0f, height, colors, null, Shader.TileMode.CLAMP)
        canvas.drawPaint(Paint().apply { this.shader = shader })
    }

    private fun rect(top: Float, bottom: Float, paint: Paint) =
        canvas.drawRect(0f, top, width, bottom, paint)

    /** A circle at an angle and a distance from the middle. */
    private fun circle(degrees: Float, distance: Float, radius: Float, paint: Paint) {
        val angle = Math.toRadians(degrees.toDouble())
        val x = middleX + distance * Math.cos(angle).toFloat()
        val y = middleY + distance * Math.sin(angle).toFloat()
        canvas.drawCircle(x, y, radius, paint)
    }

    /** A sail: corners in parts of the boat, above the water. */
    private fun triangle(
        top: Pair<Float, Float>,
        left: Pair<Float, Float>,
        right: Pair<Float, Float>,
        water: Float,
        paint: Paint
    ) {
        val path = Path()
        for ((x, y) in listOf(top, left, right)) {
            val toX = middleX + x * size
            val toY = water - (0.66f - y) * size
            if (path.isEmpty) path.moveTo(toX, toY) else path.lineTo(toX, toY)
        }
        path.close()
        canvas.drawPath(path, paint)
    }

    private fun between(low: Float, high: Float) = low + random.nextFloat() * (high - low)

    private fun paint(hue: Float, saturation: Float, value: Float) =
        Paint(Paint.ANTI_ALIAS_FLAG).apply {
            color = Color.HSVToColor(floatArrayOf(hue, saturation, value))
        }
}
