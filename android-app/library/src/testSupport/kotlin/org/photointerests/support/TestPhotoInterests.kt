package org.photointerests.support

import android.app.Application
import androidx.datastore.preferences.core.PreferenceDataStoreFactory
import androidx.test.core.app.ApplicationProvider
import java.io.File
import org.photointerests.PhotoInterests
import org.photointerests.PhotoInterestsOwner
import org.photointerests.model.Bundle
import org.photointerests.scan.PhotoReader
import org.photointerests.store.PhotoDatabase
import org.photointerests.store.Settings

/** The app with a gallery, a database and settings that last as long as a test. */
open class TestApplication :
    Application(),
    PhotoInterestsOwner {
    /** Another one is what another process would have. */
    override var photoInterests: TestPhotoInterests = TestPhotoInterests(this)
}

class TestPhotoInterests(application: Application) : PhotoInterests(application) {
    override var source = FakePhotoSource()
    override val bundle: Bundle get() = givenBundle()
    override val database: PhotoDatabase by lazy { openDatabase() }

    /** What the app finds as its bundle. */
    var givenBundle: () -> Bundle = { TestBundle.decided }

    /** To be set before anything asks for the database. */
    var openDatabase: () -> PhotoDatabase = ::memoryDatabase

    /** Reads photos in the place of the bundle's extractor, unless it is null. */
    var fastReader: PhotoReader? = null

    override suspend fun openReader(): PhotoReader = fastReader ?: super.openReader()

    override val settings: Settings by lazy {
        val file = File.createTempFile("settings", ".preferences_pb").apply { delete() }
        Settings(PreferenceDataStoreFactory.create { file }, processors = 8)
    }
}

/** The pipeline of the test that runs. */
val testContainer: TestPhotoInterests
    get() = ApplicationProvider.getApplicationContext<TestApplication>().photoInterests
