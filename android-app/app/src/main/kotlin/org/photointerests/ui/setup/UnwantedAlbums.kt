package org.photointerests.ui.setup

// Names that Android and messengers give their folders, in any language of these.
private val words = setOf(
    "discord", "facebook", "instagram", "kakaotalk", "line", "messenger", "reddit", "signal",
    "skype", "snapchat", "telegram", "threema", "tiktok", "twitter", "viber", "wechat", "weixin",
    "whatsapp", "x"
)
private val beginnings = listOf("screenshot", "screenrecord", "bildschirmfoto", "download")
private val separators = Regex("[^\\p{L}\\p{N}]+")

/**
 * Whether an album probably holds pictures that others made, by its name: screenshots, what came
 * through messengers, and downloads say little of what its owner cares about.
 */
internal fun isProbablyUnwanted(album: String): Boolean =
    album.lowercase().split(separators).any { word ->
        word in words || beginnings.any(word::startsWith)
    }
