"""The pixel rule of the bundles this project makes.

Training packs its pixels by it, and export writes it into the card. Whoever reads
photos for a released bundle takes the rule from that bundle's card instead.
"""

from photo_interests.bundle.card_sections import Input, ReducedDecode

INPUT_RULE = Input(
    height=224,
    width=224,
    channels="RGB",
    dtype="uint8",
    # Bytes 0..255 stand for -1..1: what MobileNet was trained on (Howard et al.,
    # 2017, in the Keras reading), and what the converter derives by itself.
    scale=1 / 127.5,
    zero_point=127,
    resize="squash",
    filter="triangle",
    crop="none",
    exif_orientation=True,
    color_space="sRGB",
    background=(255, 255, 255),
    # 1.5 times the side wanted: the triangle filter then still sees enough pixels.
    reduced_decode=ReducedDecode(factors=(1, 2, 4, 8), minimum_side=336),
)
