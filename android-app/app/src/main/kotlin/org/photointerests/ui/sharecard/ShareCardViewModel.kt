package org.photointerests.ui.sharecard

import android.graphics.Bitmap
import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import java.io.File
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.update
import kotlinx.coroutines.launch
import kotlinx.coroutines.withContext
import org.photointerests.core.ErrorState
import org.photointerests.core.PhotoKey
import org.photointerests.core.Shown
import org.photointerests.insights.interests.Interest
import org.photointerests.insights.interests.InterestRepository
import org.photointerests.insights.interests.Period

private const val OFFERED = 30
private const val CHOSEN_AT_FIRST = 5

// As on the first screen, whose profile is kept.
private const val PHOTOS_OF_EACH = 1
private const val FILE = "my-interests.png"
private const val PNG_QUALITY = 100

/**
 * What can be on the card, and the ids of the interests that are, [chosen]; no [photo] is, unless
 * the user takes one.
 */
data class ShareCardState(
    val offered: List<Interest>,
    val chosen: Set<String>,
    val photo: PhotoKey? = null
) {
    /** What is on the card, the strongest first. */
    val shown: List<Interest> get() = offered.filter { it.category.id in chosen }

    /** Photos of the interests on the card. */
    val photos: List<PhotoKey> get() = shown.flatMap { it.photos }.distinct()

    val isFull: Boolean get() = chosen.size >= MAX_CHOSEN

    companion object {
        /** More would not be read. */
        const val MAX_CHOSEN = 8
    }
}

/** Lets the user choose what is on the card, and writes it to a file of [folder] to be shared. */
class ShareCardViewModel(
    private val interests: InterestRepository,
    private val errors: ErrorState,
    private val folder: File
) : ViewModel() {
    private val current = MutableStateFlow<ShareCardState?>(null)

    /** Null until the interests are read. */
    val state: StateFlow<ShareCardState?> = current.asStateFlow()

    init {
        run { current.value = offer() }
    }

    /** Sensitive interests are offered where the user has them shown, and chosen by hand alone. */
    private suspend fun offer(): ShareCardState {
        val offered = interests.profile(Period.All, PHOTOS_OF_EACH).interests.take(OFFERED)
        val chosen = offered.filter { it.category.shown == Shown.ALWAYS }.take(CHOSEN_AT_FIRST)
        return ShareCardState(offered, chosen.map { it.category.id }.toSet())
    }

    /** Puts an interest on the card, or takes it off together with a photo of it. */
    fun toggle(categoryId: String) = current.update { state ->
        when {
            state == null -> null
            categoryId in state.chosen -> state.copy(chosen = state.chosen - categoryId)
                .let { if (it.photo in it.photos) it else it.copy(photo = null) }
            state.isFull -> state
            else -> state.copy(chosen = state.chosen + categoryId)
        }
    }

    /** Puts a photo on the card in the place of another, or with null none. */
    fun choosePhoto(photo: PhotoKey?) = current.update { it?.copy(photo = photo) }

    /** Writes the card to a file of the app, which [share] lends to another one. */
    fun share(card: Bitmap, share: (File) -> Unit) = run {
        val file = withContext(Dispatchers.IO) {
            folder.mkdirs()
            File(folder, FILE).apply {
                outputStream().use { card.compress(Bitmap.CompressFormat.PNG, PNG_QUALITY, it) }
            }
        }
        share(file)
    }

    private fun run(action: suspend () -> Unit) {
        viewModelScope.launch { errors.runReporting(action) }
    }
}
