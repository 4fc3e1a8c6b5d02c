package org.photointerests.ui.search

import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.statusBarsPadding
import androidx.compose.foundation.shape.CircleShape
import androidx.compose.foundation.text.KeyboardActions
import androidx.compose.foundation.text.KeyboardOptions
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.material3.TextField
import androidx.compose.material3.TextFieldDefaults
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.focus.FocusRequester
import androidx.compose.ui.focus.focusRequester
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.platform.LocalFocusManager
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.text.TextRange
import androidx.compose.ui.text.input.ImeAction
import androidx.compose.ui.text.input.TextFieldValue
import androidx.compose.ui.text.style.TextOverflow
import androidx.compose.ui.unit.dp
import org.photointerests.R
import org.photointerests.ui.designsystem.BarButton

/** The field that words are typed into; it has the keyboard when the screen is opened. */
@Composable
internal fun SearchField(query: String, actions: SearchActions) {
    val focus = remember { FocusRequester() }
    val focusManager = LocalFocusManager.current
    var opened by rememberSaveable { mutableStateOf(false) }
    LaunchedEffect(Unit) {
        if (!opened) focus.requestFocus()
        opened = true
    }
    // The place of the cursor is the field's own; words may come from outside of it as well.
    var value by remember { mutableStateOf(query.atItsEnd()) }
    if (value.text != query) value = query.atItsEnd()
    TextField(
        value,
        onValueChange = {
            value = it
            actions.setQuery(it.text)
        },
        Modifier.fillMaxWidth().statusBarsPadding().padding(horizontal = 16.dp, vertical = 8.dp)
            .focusRequester(focus),
        placeholder = {
            Text(
                stringResource(R.string.search_hint),
                maxLines = 1,
                overflow = TextOverflow.Ellipsis
            )
        },
        leadingIcon = { BarButton(R.drawable.ic_back, R.string.back, actions.back) },
        trailingIcon = {
            if (query.isNotEmpty()) {
                BarButton(R.drawable.ic_close, R.string.search_clear) {
                    actions.setQuery("")
                    focus.requestFocus()
                }
            }
        },
        singleLine = true,
        keyboardOptions = KeyboardOptions(imeAction = ImeAction.Search),
        keyboardActions = KeyboardActions(
            onSearch = {
                actions.submit()
                focusManager.clearFocus()
            }
        ),
        shape = CircleShape,
        colors = TextFieldDefaults.colors(
            focusedContainerColor = MaterialTheme.colorScheme.surfaceContainerHigh,
            unfocusedContainerColor = MaterialTheme.colorScheme.surfaceContainerHigh,
            focusedIndicatorColor = Color.Transparent,
            unfocusedIndicatorColor = Color.Transparent
        )
    )
}

private fun String.atItsEnd() = TextFieldValue(this, TextRange(length))
