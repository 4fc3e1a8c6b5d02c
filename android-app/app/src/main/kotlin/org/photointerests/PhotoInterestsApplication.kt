package org.photointerests

import android.app.Application
import coil.ImageLoader
import coil.ImageLoaderFactory
import org.photointerests.ui.designsystem.GalleryImages

/** The app, which shows photos of the gallery by their keys. */
class PhotoInterestsApplication :
    Application(),
    ImageLoaderFactory {
    override fun newImageLoader(): ImageLoader = ImageLoader.Builder(this).components {
        GalleryImages.addTo(this, this@PhotoInterestsApplication)
    }.build()
}
