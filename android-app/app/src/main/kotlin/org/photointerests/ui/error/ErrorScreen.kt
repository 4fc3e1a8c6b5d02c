package org.photointerests.ui.error

import androidx.annotation.StringRes
import androidx.compose.foundation.layout.safeDrawingPadding
import androidx.compose.material3.Button
import androidx.compose.material3.Surface
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringResource
import org.photointerests.R
import org.photointerests.core.AppError
import org.photointerests.ui.designsystem.EmptyState

/** Says what keeps the app from working, and what helps. */
@Composable
fun ErrorScreen(error: AppError, onTryAgain: () -> Unit) = Surface {
    EmptyState(
        R.drawable.ic_broken_photo,
        stringResource(error.title()),
        stringResource(error.text()),
        Modifier.safeDrawingPadding()
    ) {
        if (error != AppError.MODEL_DAMAGED) {
            Button(onTryAgain) { Text(stringResource(R.string.error_try_again)) }
        }
    }
}

@StringRes
private fun AppError.title(): Int = when (this) {
    AppError.STORAGE_FULL -> R.string.error_storage_full
    AppError.STORAGE_DAMAGED -> R.string.error_storage_damaged
    AppError.STORAGE_UNREADABLE -> R.string.error_storage_unreadable
    AppError.MODEL_DAMAGED -> R.string.error_model_damaged
    AppError.GALLERY_UNAVAILABLE -> R.string.error_gallery
}

@StringRes
private fun AppError.text(): Int = when (this) {
    AppError.STORAGE_FULL -> R.string.error_storage_full_text
    AppError.STORAGE_DAMAGED -> R.string.error_storage_damaged_text
    AppError.STORAGE_UNREADABLE -> R.string.error_storage_unreadable_text
    AppError.MODEL_DAMAGED -> R.string.error_model_damaged_text
    AppError.GALLERY_UNAVAILABLE -> R.string.scan_gallery_text
}
