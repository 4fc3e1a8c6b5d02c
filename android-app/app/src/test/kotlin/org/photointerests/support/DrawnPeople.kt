package org.photointerests.support

import android.graphics.Bitmap
import android.graphics.Canvas
import android.graphics.Color
import android.graphics.Paint
import android.graphics.RectF
import org.photointerests.core.PhotoKey
import org.photointerests.people.PersonFace
import org.photointerests.people.PersonGroup
import org.photointerests.pipeline.analysis.detections.Box

private const val FIRST = 5000L
private const val PHOTOS = 100

private const val WIDTH = 640
private const val HEIGHT = 480

private val skins = listOf("#F1C9A5", "#8D5A3B", "#D9A47A", "#5C3A26", "#F6D8C0", "#B97F56")
private val hairs = listOf("#2B1B12", "#7A4A21", "#C9A227", "#111111", "#9E9E9E", "#A23B2A")
private val shirts = listOf("#3B4A9F", "#006B5B", "#B3261E", "#7D5260", "#E0A800", "#455A64")
private val walls = listOf("#DDE7F0", "#EADFCB", "#D6E8D4", "#E8D9E8", "#CFE3E6", "#F2E2D0")

/** People whom nobody knows: drawn faces, each person with a skin, hair and shirt of its own. */
object DrawnPeople {
    /** A photo of a person, in one place or another by its number. */
    fun key(person: Int, photo: Int = 0) =
        PhotoKey("external_primary", FIRST + person * PHOTOS + photo)

    fun isOne(key: PhotoKey) = key.id >= FIRST

    /** Where the face is on a photo. */
    fun box(photo: Int = 0) =
        Box(0.18f + 0.11f * (photo % 4), 0.2f + 0.04f * (photo % 3), 0.2f, 0.36f)

    fun group(person: Int, name: String?, photos: Int) = PersonGroup(
        person.toLong(),
        name,
        photos,
        photos,
        PersonFace(person.toLong(), key(person), box())
    )

    /** The photos of a person, as far as they are shown at once. */
    fun faces(person: Int, count: Int) =
        List(count) { PersonFace(person * PHOTOS + it.toLong(), key(person, it), box(it)) }

    fun draw(key: PhotoKey): Bitmap {
        val number = (key.id - FIRST).toInt()
        val bitmap = Bitmap.createBitmap(WIDTH, HEIGHT, Bitmap.Config.ARGB_8888)
        Portrait(Canvas(bitmap), number / PHOTOS, number % PHOTOS).draw()
        return bitmap
    }
}

private class Portrait(
    private val canvas: Canvas,
    private val person: Int,
    private val photo: Int
) {
    private val box = DrawnPeople.box(photo)
    private val face = RectF(
        box.left * WIDTH,
        box.top * HEIGHT,
        (box.left + box.width) * WIDTH,
        (box.top + box.height) * HEIGHT
    )
    private val hair = paint(hairs, person + person / hairs.size)

    fun draw() {
        canvas.drawPaint(paint(walls, person + photo))
        val shoulders = RectF(face)
        shoulders.inset(-face.width() * 0.75f, 0f)
        shoulders.offset(0f, face.height() * 1.05f)
        shoulders.bottom += HEIGHT
        canvas.drawRoundRect(shoulders, 90f, 90f, paint(shirts, person))
        // Long hair is behind the face, short hair above it alone.
        val around = RectF(face)
        around.inset(-face.width() * 0.14f, -face.height() * 0.14f)
        if (person % 2 == 0) around.bottom += face.height() * 0.35f
        canvas.drawOval(around, hair)
        canvas.drawOval(face, paint(skins, person))
        canvas.drawArc(around, 200f, 140f, false, hair)
        features()
    }

    private fun features() {
        val eye = face.width() * 0.06f
        val y = face.centerY() + face.height() * 0.02f
        for (side in listOf(-1, 1)) {
            val x = face.centerX() + side * face.width() * 0.2f
            canvas.drawCircle(x, y, eye, paint(listOf("#1D1B20"), 0))
            if (person % 3 == 1) canvas.drawCircle(x, y, eye * 2.3f, line("#1D1B20"))
        }
        val mouth = RectF(face)
        mouth.inset(face.width() * 0.3f, face.height() * 0.3f)
        mouth.offset(0f, face.height() * 0.14f)
        canvas.drawArc(mouth, 20f, 140f, false, line("#7A1F2B"))
    }

    private fun paint(colors: List<String>, number: Int) = Paint(Paint.ANTI_ALIAS_FLAG).apply {
        color = Color.parseColor(colors[number % colors.size])
    }

    private fun line(color: String) = paint(listOf(color), 0).apply {
        style = Paint.Style.STROKE
        strokeWidth = 5f
    }
}
