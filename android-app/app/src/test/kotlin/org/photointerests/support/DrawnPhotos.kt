package org.photointerests.support

import android.graphics.Bitmap
import android.graphics.Canvas
import android.graphics.Color
import android.graphics.LinearGradient
import android.graphics.Paint
import android.graphics.Shader
import java.io.ByteArrayOutputStream
import kotlin.random.Random

/** Photos that nobody took: a sky, a ground and some shapes, different for each seed. */
fun drawnPhoto(seed: Int, width: Int = 640, height: Int = 480): Bitmap {
    val random = Random(seed)
    val bitmap = Bitmap.createBitmap(width, height, Bitmap.Config.ARGB_8888)
    val canvas = Canvas(bitmap)
    val hue = random.nextFloat() * 360
    canvas.drawPaint(gradient(height.toFloat(), hue, (hue + 40) % 360))
    repeat(9) {
        val paint = Paint(Paint.ANTI_ALIAS_FLAG).apply {
            color = color(hue + 90 + random.nextFloat() * 180, random.nextFloat())
        }
        val x = random.nextFloat() * width
        val y = height * (0.35f + random.nextFloat() * 0.6f)
        val size = minOf(width, height) * (0.06f + random.nextFloat() * 0.2f)
        if (random.nextBoolean()) {
            canvas.drawCircle(x, y, size, paint)
        } else {
            canvas.drawRoundRect(x - size, y - size, x + size, y + size, size / 3, size / 3, paint)
        }
    }
    return bitmap
}

/** A drawn photo as a file. */
fun drawnJpeg(seed: Int, width: Int = 640, height: Int = 480): ByteArray =
    ByteArrayOutputStream().also {
        drawnPhoto(seed, width, height).compress(Bitmap.CompressFormat.JPEG, 85, it)
    }.toByteArray()

private fun gradient(height: Float, top: Float, bottom: Float) = Paint().apply {
    val colors = intArrayOf(color(top, 0.9f), color(bottom, 0.4f))
    shader = LinearGradient(0f, 0f, 0f, height, colors, null, Shader.TileMode.CLAMP)
}

private fun color(hue: Float, light: Float) =
    Color.HSVToColor(floatArrayOf(hue % 360, 0.55f, 0.45f + light / 2))
