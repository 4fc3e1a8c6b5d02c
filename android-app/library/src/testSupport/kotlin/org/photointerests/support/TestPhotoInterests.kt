package org.photointerests.support

import android.app.Application
import androidx.datastore.preferences.core.PreferenceDataStoreFactory
import androidx.test.core.app.ApplicationProvider
import java.io.File
import java.time.YearMonth
import org.photointerests.PhotoInterests
import org.photointerests.PhotoInterestsOwner
import org.photointerests.core.AnalyzerFiles
import org.photointerests.core.Bundle
import org.photointerests.core.Settings
import org.photointerests.packs.KnownPack
import org.photointerests.pipeline.analysis.detections.DetectionAnalyzer
import org.photointerests.pipeline.analysis.features.FeaturePipeline
import org.photointerests.pipeline.index.PhotoDatabase
import org.photointerests.pipeline.media.PositionSource
import org.photointerests.pipeline.scan.ForegroundScan

/** The month in which tests run. */
val TEST_MONTH: YearMonth = YearMonth.of(2026, 11)

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

    /** Always the same: a test may run while a month ends, or in the month of its photos. */
    override val thisMonth = { TEST_MONTH }

    /** What the app finds as its bundle. */
    var givenBundle: () -> Bundle = { TestBundle.decided }

    /** To be set before anything asks for the database. */
    var openDatabase: () -> PhotoDatabase = ::memoryDatabase

    /** Reads photos in the place of the bundle's extractor, unless it is null. */
    var fastPipeline: FeaturePipeline? = null

    override suspend fun openPipeline(): FeaturePipeline = fastPipeline ?: super.openPipeline()

    /** Analyzers in the place of those in the package, to be set before anything asks. */
    val givenAnalyzers = mutableMapOf<String, AnalyzerFiles>()

    /** Objects, which have each photo of a scan opened again, are for tests that give them. */
    override fun analyzerFiles(name: String): AnalyzerFiles? = givenAnalyzers[name]
        ?: super.analyzerFiles(name).takeIf { name != DetectionAnalyzer.OBJECTS }

    /** Packs that can be added, in the place of those of the build; to be set before anything asks. */
    var givenPacks: List<KnownPack>? = null

    override fun knownPacks(): List<KnownPack> = givenPacks ?: super.knownPacks()

    /** Where photos were taken, in the place of their files; to be set before anything asks. */
    var givenPositions: PositionSource? = null
    override val positions: PositionSource get() = givenPositions ?: super.positions

    /** As of Android 16, for a test that sets it before anything asks. */
    var scansInForeground = false
    override val foregroundScan by lazy { ForegroundScan(application, scansInForeground) }

    /** Where settings are kept; to be set before anything asks for them. */
    var settingsFile = { File.createTempFile("settings", ".preferences_pb").apply { delete() } }

    override val settings: Settings by lazy {
        val file = settingsFile()
        Settings(PreferenceDataStoreFactory.create { file }, processors = 8)
    }
}

/** The pipeline of the test that runs. */
val testContainer: TestPhotoInterests
    get() = ApplicationProvider.getApplicationContext<TestApplication>().photoInterests
