package org.photointerests

import android.app.Application
import android.content.Context

/** Holds the container; tests put their own in. */
open class PhotoInterestsApplication : Application() {
    open val container: Container by lazy { Container(this) }
}

/** The container of the app that this context belongs to. */
val Context.container: Container
    get() = (applicationContext as PhotoInterestsApplication).container
