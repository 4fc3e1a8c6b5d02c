package org.photointerests.macrobenchmark

import androidx.benchmark.macro.junit4.BaselineProfileRule
import androidx.test.ext.junit.runners.AndroidJUnit4
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith

/** Writes down what runs at the app's start, for Android to compile and R8 to place first. */
@RunWith(AndroidJUnit4::class)
class ProfileGenerator {
    @get:Rule val rule = BaselineProfileRule()

    @Test
    fun startAndHomeList() = rule.collect(packageName = APP, includeInStartupProfile = true) {
        allowPhotos()
        openHomeList()
        scrollHomeList()
    }
}
