package org.photointerests.ui.designsystem

import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext

/**
 * Does [work] in a thread of [dispatcher], for a composition that waits for it, and goes on in the
 * main thread whatever happens meanwhile.
 *
 * A composition's own dispatcher is not always that of the main thread: in a test it goes on in the
 * thread that wakes it, where it must not change what is shown.
 */
internal suspend fun <T> inBackground(
    dispatcher: CoroutineDispatcher,
    work: suspend CoroutineScope.() -> T
): T = withContext(Dispatchers.Main) { withContext(dispatcher, work) }
