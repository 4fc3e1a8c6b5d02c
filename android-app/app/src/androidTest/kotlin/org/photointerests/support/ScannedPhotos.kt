package org.photointerests.support

import android.content.Context
import androidx.test.platform.app.InstrumentationRegistry
import kotlinx.coroutines.runBlocking
import org.junit.rules.ExternalResource
import org.photointerests.photoInterests

private const val PHOTOS = 6

/** Some drawn photos in the phone's MediaStore, and a scan of all photos before the test. */
class ScannedPhotos : ExternalResource() {
    val context: Context = InstrumentationRegistry.getInstrumentation().targetContext
    private val photos = PhonePhotos(context)

    override fun before() = runBlocking<Unit> {
        context.photoInterests.deleteEverything()
        photos.allow()
        photos.insert(PHOTOS)
        context.photoInterests.scanner().scan {}
    }

    override fun after() = photos.removeAll()
}
