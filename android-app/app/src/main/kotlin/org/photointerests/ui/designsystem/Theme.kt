package org.photointerests.ui.designsystem

import android.os.Build
import androidx.compose.foundation.isSystemInDarkTheme
import androidx.compose.material3.ColorScheme
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.darkColorScheme
import androidx.compose.material3.dynamicDarkColorScheme
import androidx.compose.material3.dynamicLightColorScheme
import androidx.compose.material3.lightColorScheme
import androidx.compose.runtime.Composable
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.platform.LocalContext

private val light = lightColorScheme(
    primary = Color(0xFF3B4A9F),
    onPrimary = Color.White,
    primaryContainer = Color(0xFFDEE0FF),
    onPrimaryContainer = Color(0xFF00105C),
    secondary = Color(0xFF5B5D72),
    onSecondary = Color.White,
    secondaryContainer = Color(0xFFE0E1F9),
    onSecondaryContainer = Color(0xFF181A2C),
    tertiary = Color(0xFF006B5B),
    tertiaryContainer = Color(0xFF9FF2DF),
    onTertiaryContainer = Color(0xFF00201A),
    background = Color(0xFFFBF8FF),
    surface = Color(0xFFFBF8FF),
    surfaceContainerLow = Color(0xFFF5F2FB),
    surfaceContainer = Color(0xFFEFEDF6),
    surfaceContainerHigh = Color(0xFFE9E7F0),
    surfaceContainerHighest = Color(0xFFE4E1EA)
)

private val dark = darkColorScheme(
    primary = Color(0xFFBBC3FF),
    onPrimary = Color(0xFF051A6F),
    primaryContainer = Color(0xFF223286),
    onPrimaryContainer = Color(0xFFDEE0FF),
    secondary = Color(0xFFC4C5DD),
    onSecondary = Color(0xFF2D2F42),
    secondaryContainer = Color(0xFF434659),
    onSecondaryContainer = Color(0xFFE0E1F9),
    tertiary = Color(0xFF82D5C3),
    tertiaryContainer = Color(0xFF005044),
    onTertiaryContainer = Color(0xFF9FF2DF),
    background = Color(0xFF131318),
    surface = Color(0xFF131318),
    surfaceContainerLow = Color(0xFF1B1B21),
    surfaceContainer = Color(0xFF1F1F25),
    surfaceContainerHigh = Color(0xFF2A292F),
    surfaceContainerHighest = Color(0xFF35343A)
)

/** The app's look; [dynamic] takes the colours of the wallpaper where the phone offers them. */
@Composable
fun PhotoInterestsTheme(
    darkTheme: Boolean = isSystemInDarkTheme(),
    dynamic: Boolean = true,
    content: @Composable () -> Unit
) {
    MaterialTheme(colorScheme = colors(darkTheme, dynamic), content = content)
}

@Composable
private fun colors(darkTheme: Boolean, dynamic: Boolean): ColorScheme {
    if (!dynamic || Build.VERSION.SDK_INT < Build.VERSION_CODES.S) {
        return if (darkTheme) dark else light
    }
    val context = LocalContext.current
    return if (darkTheme) dynamicDarkColorScheme(context) else dynamicLightColorScheme(context)
}
