"""The words of the HTML report in each language."""

TEXTS = {
    "en": {
        "title": "Interests from photos",
        "headline": "Interests in your photos",
        "photos": ("photo", "photos"),
        "interests": ("interest", "interests"),
        "areas": ("area", "areas"),
        "skipped": ("file skipped", "files skipped"),
        "above_all": "Top interests:",
        "and": "and",
        "none": "No interest is probable enough to be listed.",
        "overview": "Areas",
        "probability": "probability",
        "more": ("more photo", "more photos"),
        "together": "together",
        "how": "How to read this",
        "how_text": (
            "The bar shows the probability that something is an interest of the "
            "person who took the photos. The number on a photo shows how much it "
            "contributed; all contributions to an interest add up to 100%. The "
            "predictions are made by a computer and can be wrong."
        ),
        "private": (
            "Made on this computer. No photo left it, and this page loads nothing "
            "from the network."
        ),
        "skipped_files": "Skipped files",
        "bundle": "Bundle",
        "sources": "Trained on",
    },
    "de": {
        "title": "Interessen aus Fotos",
        "headline": "Interessen in deinen Fotos",
        "photos": ("Foto", "Fotos"),
        "interests": ("Interesse", "Interessen"),
        "areas": ("Bereich", "Bereiche"),
        "skipped": ("Datei übersprungen", "Dateien übersprungen"),
        "above_all": "Wichtigste Interessen:",
        "and": "und",
        "none": "Kein Interesse ist wahrscheinlich genug, um hier zu stehen.",
        "overview": "Bereiche",
        "probability": "Wahrscheinlichkeit",
        "more": ("weiteres Foto", "weitere Fotos"),
        "together": "zusammen",
        "how": "Wie man das liest",
        "how_text": (
            "Der Balken zeigt, wie wahrscheinlich etwas ein Interesse der Person "
            "ist, die fotografiert hat. Die Zahl auf einem Foto zeigt seinen Beitrag; "
            "alle Beiträge zu einem Interesse ergeben 100\N{NO-BREAK SPACE}%. Die "
            "Vorhersagen macht ein Computer; sie können falsch sein."
        ),
        "private": (
            "Auf diesem Computer gemacht. Kein Foto hat ihn verlassen, und diese "
            "Seite lädt nichts aus dem Netz."
        ),
        "skipped_files": "Übersprungene Dateien",
        "bundle": "Bündel",
        "sources": "Trainiert mit",
    },
}
