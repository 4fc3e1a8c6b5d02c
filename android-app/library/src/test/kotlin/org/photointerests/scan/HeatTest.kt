package org.photointerests.scan

import android.app.Application
import android.os.PowerManager
import androidx.test.core.app.ApplicationProvider
import app.cash.turbine.test
import kotlinx.coroutines.test.runTest
import org.junit.Assert.assertEquals
import org.junit.Test
import org.junit.runner.RunWith
import org.photointerests.support.AppTestRunner
import org.robolectric.Shadows.shadowOf

@RunWith(AppTestRunner::class)
class HeatTest {
    private val application = ApplicationProvider.getApplicationContext<Application>()
    private val power = shadowOf(application.getSystemService(PowerManager::class.java))

    @Test
    fun heat_thermalStatus_isFollowedUntilNobodyListens() = runTest {
        power.setCurrentThermalStatus(PowerManager.THERMAL_STATUS_LIGHT)
        application.heat().test {
            assertEquals(Heat.COOL, awaitItem())
            power.setCurrentThermalStatus(PowerManager.THERMAL_STATUS_MODERATE)
            assertEquals(Heat.WARM, awaitItem())
            power.setCurrentThermalStatus(PowerManager.THERMAL_STATUS_SEVERE)
            assertEquals(Heat.HOT, awaitItem())
            power.setCurrentThermalStatus(PowerManager.THERMAL_STATUS_NONE)
            assertEquals(Heat.COOL, awaitItem())
            cancel()
        }
        assertEquals(0, power.thermalStatusListeners.size)
    }
}
