package org.photointerests.support

import java.util.concurrent.atomic.AtomicInteger
import kotlin.coroutines.CoroutineContext
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.Runnable
import kotlinx.coroutines.runBlocking

/** Lets [action] happen before the [step]th time that a coroutine goes on, counted from 1. */
class DuringStep(private val step: Int, private val action: suspend () -> Unit) :
    CoroutineDispatcher() {
    private val steps = AtomicInteger()

    override fun dispatch(context: CoroutineContext, block: Runnable) =
        Dispatchers.Default.dispatch(context) {
            if (steps.incrementAndGet() == step) runBlocking { action() }
            block.run()
        }
}
