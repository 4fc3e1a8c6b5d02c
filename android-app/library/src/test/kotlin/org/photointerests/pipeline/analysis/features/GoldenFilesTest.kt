package org.photointerests.pipeline.analysis.features

import android.app.Application
import androidx.test.core.app.ApplicationProvider
import org.junit.runner.RunWith
import org.photointerests.core.AssetBundleFiles
import org.photointerests.core.Bundle
import org.photointerests.support.AppTestRunner
import org.photointerests.support.TestBundle

/** The shipped bundle, read from the app's assets. */
@RunWith(AppTestRunner::class)
class GoldenFilesTest :
    GoldenBundleTest(
        Bundle(AssetBundleFiles(ApplicationProvider.getApplicationContext<Application>().assets)),
        TestBundle
    )
