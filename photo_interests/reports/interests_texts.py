"""The words of the HTML report in each language."""

TEXTS = {
    "en": {
        "title": "What these photos say",
        "headline": "What your photos say about you",
        "photos": ("photo", "photos"),
        "interests": ("interest", "interests"),
        "areas": ("area", "areas"),
        "skipped": ("file skipped", "files skipped"),
        "above_all": "Above all",
        "and": "and",
        "none": "No interest is probable enough to be listed.",
        "overview": "Areas",
        "share_of": "of this interest rests on",
        "probability": "probability",
        "more": ("more photo", "more photos"),
        "together": "together",
        "how": "How to read this",
        "how_text": (
            "The bar is how probable it is that something is an interest of the "
            "person who took the photos. The number on a photo is its share: how "
            "much of that answer rests on it. All shares of an interest add up to "
            "100%. A computer looked at the photos and can be wrong."
        ),
        "private": (
            "Made on this computer. No photo left it, and this page loads nothing "
            "from elsewhere."
        ),
        "skipped_files": "Files that were not read",
        "bundle": "Bundle",
        "sources": "The bundle learned from",
    },
    "de": {
        "title": "Was diese Fotos sagen",
        "headline": "Was deine Fotos über dich sagen",
        "photos": ("Foto", "Fotos"),
        "interests": ("Interesse", "Interessen"),
        "areas": ("Bereich", "Bereiche"),
        "skipped": ("Datei übergangen", "Dateien übergangen"),
        "above_all": "Vor allem",
        "and": "und",
        "none": "Kein Interesse ist wahrscheinlich genug, um hier zu stehen.",
        "overview": "Bereiche",
        "share_of": "dieses Interesses beruhen auf",
        "probability": "Wahrscheinlichkeit",
        "more": ("weiteres Foto", "weitere Fotos"),
        "together": "zusammen",
        "how": "Wie man das liest",
        "how_text": (
            "Der Balken zeigt, wie wahrscheinlich etwas ein Interesse der Person "
            "ist, die fotografiert hat. Die Zahl auf einem Foto ist sein Anteil: wie "
            "viel dieser Antwort auf ihm beruht. Alle Anteile eines Interesses "
            "ergeben 100\N{NO-BREAK SPACE}%. Ein Computer hat die Fotos angesehen "
            "und kann sich irren."
        ),
        "private": (
            "Auf diesem Computer gemacht. Kein Foto hat ihn verlassen, und diese "
            "Seite lädt nichts von anderswo."
        ),
        "skipped_files": "Dateien, die nicht gelesen wurden",
        "bundle": "Bündel",
        "sources": "Das Bündel hat gelernt aus",
    },
}
