package org.photointerests.macrobenchmark

import android.os.Build
import androidx.benchmark.macro.MacrobenchmarkScope
import androidx.test.uiautomator.By
import androidx.test.uiautomator.Direction
import androidx.test.uiautomator.Until

internal const val APP = "org.photointerests"
private const val PATIENCE_MS = 10_000L

/** Lets the app see photos, so that it opens with the list of interests and not with a request. */
internal fun MacrobenchmarkScope.allowPhotos() {
    val permission = if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.TIRAMISU) {
        "android.permission.READ_MEDIA_IMAGES"
    } else {
        "android.permission.READ_EXTERNAL_STORAGE"
    }
    device.executeShellCommand("pm grant $APP $permission")
}

internal fun MacrobenchmarkScope.openHomeList() {
    pressHome()
    startActivityAndWait()
    check(device.wait(Until.hasObject(By.pkg(APP).depth(0)), PATIENCE_MS)) {
        "$APP did not open in $PATIENCE_MS ms"
    }
}

/** Scrolls down and up again, where the phone's photos gave a list that is long enough. */
internal fun MacrobenchmarkScope.scrollHomeList() {
    val list = device.findObject(By.pkg(APP).scrollable(true)) ?: return
    list.setGestureMargin(device.displayWidth / 5)
    list.fling(Direction.DOWN)
    device.waitForIdle()
    list.fling(Direction.UP)
    device.waitForIdle()
}
