package org.photointerests.support

import android.app.Application
import androidx.datastore.preferences.core.PreferenceDataStoreFactory
import androidx.test.core.app.ApplicationProvider
import java.io.File
import org.photointerests.Container
import org.photointerests.PhotoInterestsApplication
import org.photointerests.model.Bundle
import org.photointerests.store.PhotoDatabase
import org.photointerests.store.Settings

/** The app with a gallery, a database and settings that last as long as a test. */
class TestApplication : PhotoInterestsApplication() {
    override val container: TestContainer by lazy { TestContainer(this) }
}

class TestContainer(application: Application) : Container(application) {
    override val source = FakePhotoSource()
    override val bundle: Bundle get() = TestBundle.decided
    override val database: PhotoDatabase by lazy { memoryDatabase() }
    override val settings: Settings by lazy {
        val file = File.createTempFile("settings", ".preferences_pb").apply { delete() }
        Settings(PreferenceDataStoreFactory.create { file }, processors = 8)
    }
}

/** The container of the test that runs. */
val testContainer: TestContainer
    get() = ApplicationProvider.getApplicationContext<TestApplication>().container
