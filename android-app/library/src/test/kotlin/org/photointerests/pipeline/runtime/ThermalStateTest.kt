package org.photointerests.pipeline.runtime

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
class ThermalStateTest {
    private val application = ApplicationProvider.getApplicationContext<Application>()
    private val power = shadowOf(application.getSystemService(PowerManager::class.java))

    @Test
    fun heat_thermalStatus_isFollowedUntilNobodyListens() = runTest {
        power.setCurrentThermalStatus(PowerManager.THERMAL_STATUS_LIGHT)
        application.thermalState().test {
            assertEquals(ThermalState.NOMINAL, awaitItem())
            power.setCurrentThermalStatus(PowerManager.THERMAL_STATUS_MODERATE)
            assertEquals(ThermalState.MODERATE, awaitItem())
            power.setCurrentThermalStatus(PowerManager.THERMAL_STATUS_SEVERE)
            assertEquals(ThermalState.SEVERE, awaitItem())
            power.setCurrentThermalStatus(PowerManager.THERMAL_STATUS_NONE)
            assertEquals(ThermalState.NOMINAL, awaitItem())
            cancel()
        }
        assertEquals(0, power.thermalStatusListeners.size)
    }
}
