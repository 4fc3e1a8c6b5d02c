package org.photointerests.ui.setup

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.safeDrawingPadding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.layout.widthIn
import androidx.compose.foundation.lazy.LazyColumn
import androidx.compose.foundation.lazy.LazyListScope
import androidx.compose.foundation.shape.CircleShape
import androidx.compose.material3.Button
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Surface
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.clearAndSetSemantics
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import org.photointerests.R
import org.photointerests.ui.designsystem.MaxContentWidth

internal const val PROMISE = 0
internal const val ALBUMS = 1
internal const val WHEN = 2
private const val STEPS = 3

/** A step of the start: its question, what can be answered, and the way to the next. */
@Composable
internal fun Step(
    step: Int,
    title: String,
    text: String,
    next: String,
    onNext: () -> Unit,
    modifier: Modifier = Modifier,
    content: LazyListScope.() -> Unit
) = Column(
    modifier.fillMaxSize().safeDrawingPadding(),
    horizontalAlignment = Alignment.CenterHorizontally
) {
    LazyColumn(Modifier.weight(1f).widthIn(max = MaxContentWidth)) {
        item { StepTitle(title, text) }
        content()
    }
    Row(
        Modifier.widthIn(max = MaxContentWidth).fillMaxWidth()
            .padding(horizontal = 16.dp, vertical = 12.dp),
        Arrangement.SpaceBetween,
        Alignment.CenterVertically
    ) {
        StepDots(step)
        Button(onNext) { Text(next) }
    }
}

@Composable
private fun StepTitle(title: String, text: String) = Column(
    Modifier.padding(start = 16.dp, end = 16.dp, top = 32.dp, bottom = 16.dp),
    Arrangement.spacedBy(8.dp)
) {
    Text(
        title,
        Modifier.semantics { heading() },
        style = MaterialTheme.typography.headlineMedium
    )
    Text(
        text,
        style = MaterialTheme.typography.bodyLarge,
        color = MaterialTheme.colorScheme.onSurfaceVariant
    )
}

/** Which of the three steps this is; TalkBack says it in words. */
@Composable
internal fun StepDots(step: Int) {
    val spoken = stringResource(R.string.setup_step, step + 1, STEPS)
    Row(
        Modifier.clearAndSetSemantics { contentDescription = spoken },
        Arrangement.spacedBy(8.dp)
    ) {
        repeat(STEPS) { index ->
            val colors = MaterialTheme.colorScheme
            val color = if (index == step) colors.primary else colors.outlineVariant
            Surface(Modifier.size(10.dp), CircleShape, color) {}
        }
    }
}
