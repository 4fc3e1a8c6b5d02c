package org.photointerests.ui.sharecard

import android.graphics.Bitmap
import android.graphics.Canvas
import android.graphics.Color
import android.graphics.LinearGradient
import android.graphics.Paint
import android.graphics.Rect
import android.graphics.Shader
import android.graphics.Typeface
import android.text.Layout
import android.text.StaticLayout
import android.text.TextPaint
import androidx.core.graphics.createBitmap
import androidx.core.graphics.withTranslation

// Four by five: what services of pictures show whole.
private const val WIDTH = 1080
private const val HEIGHT = 1350
private const val EDGE = 96
private const val PHOTO_HEIGHT = 540
private const val TITLE_SIZE = 52f
private const val FOOTER_SIZE = 34f
private const val MAX_NAME_SIZE = 96f
private const val MIN_NAME_SIZE = 28f
private const val SIZE_STEP = 4f
private const val LINE_SPACING = 1.2f
private const val GAP = 48
private val TOP = Color.rgb(0x3B, 0x4A, 0x9F)
private val BOTTOM = Color.rgb(0x1B, 0x25, 0x66)
private val SOFT = Color.rgb(0xDE, 0xE0, 0xFF)

/** What a card says: [title], the [names] of interests, and [footer], below a photo if there is one. */
class ShareCard(
    private val title: String,
    private val names: List<String>,
    private val footer: String,
    private val photo: Bitmap? = null
) {
    /** The card as a picture of 1080 by 1350 pixels, with nothing in it that cannot be seen. */
    fun draw(): Bitmap {
        val picture = createBitmap(WIDTH, HEIGHT)
        val canvas = Canvas(picture)
        canvas.drawPaint(
            Paint().apply {
                shader =
                    LinearGradient(0f, 0f, 0f, HEIGHT.toFloat(), TOP, BOTTOM, Shader.TileMode.CLAMP)
            }
        )
        photo?.let { canvas.drawPhoto(it) }
        val top = (if (photo == null) 0 else PHOTO_HEIGHT) + EDGE * 3 / 4
        val heading = lines(title, TITLE_SIZE, SOFT)
        val ending = lines(footer, FOOTER_SIZE, SOFT)
        val bottom = HEIGHT - EDGE * 3 / 4 - ending.height
        val list = fitting(bottom - top - heading.height - 2 * GAP)
        canvas.drawAt(top, heading)
        // What is left over is above and below the names.
        val room = bottom - top - heading.height - list.height
        canvas.drawAt(top + heading.height + room / 2, list)
        canvas.drawAt(bottom, ending)
        return picture
    }

    /** The names in the largest letters that leave them within a height. */
    private fun fitting(height: Int): StaticLayout {
        val text = names.joinToString("\n")
        var size = MAX_NAME_SIZE
        var list = lines(text, size, Color.WHITE, Typeface.BOLD)
        while (list.height > height && size > MIN_NAME_SIZE) {
            size -= SIZE_STEP
            list = lines(text, size, Color.WHITE, Typeface.BOLD)
        }
        return list
    }

    private fun lines(text: String, size: Float, color: Int, style: Int = Typeface.NORMAL) =
        TextPaint(Paint.ANTI_ALIAS_FLAG).run {
            textSize = size
            this.color = color
            typeface = Typeface.create(Typeface.SANS_SERIF, style)
            StaticLayout.Builder.obtain(text, 0, text.length, this, WIDTH - 2 * EDGE)
                .setAlignment(Layout.Alignment.ALIGN_NORMAL)
                .setLineSpacing(0f, LINE_SPACING)
                .build()
        }

    private fun Canvas.drawAt(top: Int, text: StaticLayout) =
        withTranslation(EDGE.toFloat(), top.toFloat()) { text.draw(this) }

    /** The middle of the photo, as wide as the card. */
    private fun Canvas.drawPhoto(photo: Bitmap) {
        val scale = maxOf(WIDTH.toFloat() / photo.width, PHOTO_HEIGHT.toFloat() / photo.height)
        val width = (WIDTH / scale).toInt()
        val height = (PHOTO_HEIGHT / scale).toInt()
        val left = (photo.width - width) / 2
        val top = (photo.height - height) / 2
        drawBitmap(
            photo,
            Rect(left, top, left + width, top + height),
            Rect(0, 0, WIDTH, PHOTO_HEIGHT),
            Paint(Paint.FILTER_BITMAP_FLAG)
        )
    }
}
