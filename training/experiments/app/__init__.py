"""The Android app held against Python, and timed, on this computer."""
