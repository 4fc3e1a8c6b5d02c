"""The words of the HTML report in each language."""

TEXTS = {
    "en": {
        "title": "Interests from photos",
        "headline": "Interests in your photos",
        "interests": ("interest", "interests"),
        "areas": ("area", "areas"),
        "skipped": ("file skipped", "files skipped"),
        "above_all": "Top interests:",
        "and": "and",
        "none": "No interest is probable enough to be listed.",
        "overview": "Areas",
        "probability": "probability",
        "more": ("more photo", "more photos"),
        "more_files": ("more photo or video", "more photos and videos"),
        "together": "together",
        "kinds": ("kind of thing", "kinds of things"),
        "above_all_kinds": "Most often:",
        "none_kinds": "Nothing is clear enough to be listed.",
        "strength": "strength",
        "show_all": "Show all {}",
        "unnamed": "and {}, which the JSON output lists",
        "why": "Why?",
        "mostly": "Seen on these photos:",
        "contributed": "How much each photo contributed:",
        "probability_is": "Probability:",
        "how": "How to read this",
        "how_text_strength": (
            "An interest is something that comes back in your photos. Listed are the "
            "photos that show it and the months in which they were taken; photos "
            "taken within minutes of each other count once for the order and the "
            "bars. The predictions are made by a computer and can be wrong."
        ),
        "how_text": (
            "The bar shows the probability that something is an interest of the "
            "person who took the photos. The number on a photo shows how much it "
            "contributed; all contributions to an interest add up to 100%. The "
            "predictions are made by a computer and can be wrong."
        ),
        "how_videos": (
            "A video counts as one photo, by frames at which its picture changes; the "
            "one that shows an interest most clearly is its picture here."
        ),
        "sources": "Trained on",
    },
    "de": {
        "title": "Interessen aus Fotos",
        "headline": "Interessen in deinen Fotos",
        "interests": ("Interesse", "Interessen"),
        "areas": ("Bereich", "Bereiche"),
        "skipped": ("Datei übersprungen", "Dateien übersprungen"),
        "above_all": "Wichtigste Interessen:",
        "and": "und",
        "none": "Kein Interesse ist wahrscheinlich genug, um hier zu stehen.",
        "overview": "Bereiche",
        "probability": "Wahrscheinlichkeit",
        "more": ("weiteres Foto", "weitere Fotos"),
        "more_files": ("weiteres Foto oder Video", "weitere Fotos und Videos"),
        "together": "zusammen",
        "kinds": ("Art von Dingen", "Arten von Dingen"),
        "above_all_kinds": "Am häufigsten:",
        "none_kinds": "Nichts ist deutlich genug, um hier zu stehen.",
        "strength": "Stärke",
        "show_all": "Alle {} zeigen",
        "unnamed": "und {}, die in der JSON-Ausgabe stehen",
        "why": "Warum?",
        "mostly": "Zu sehen auf diesen Fotos:",
        "contributed": "Wie viel jedes Foto beigetragen hat:",
        "probability_is": "Wahrscheinlichkeit:",
        "how": "Wie man das liest",
        "how_text_strength": (
            "Ein Interesse ist etwas, das in deinen Fotos wiederkehrt. Genannt sind "
            "die Fotos, die es zeigen, und die Monate, in denen sie aufgenommen "
            "wurden; Fotos, die innerhalb weniger Minuten entstanden, zählen für "
            "Reihenfolge und Balken einmal. Die Vorhersagen macht ein Computer; sie "
            "können falsch sein."
        ),
        "how_text": (
            "Der Balken zeigt, wie wahrscheinlich etwas ein Interesse der Person "
            "ist, die fotografiert hat. Die Zahl auf einem Foto zeigt seinen Beitrag; "
            "alle Beiträge zu einem Interesse ergeben 100\N{NO-BREAK SPACE}%. Die "
            "Vorhersagen macht ein Computer; sie können falsch sein."
        ),
        "how_videos": (
            "Ein Video zählt als ein Foto, nach Einzelbildern, an denen sein Bild "
            "wechselt; gezeigt wird das, auf dem ein Interesse am deutlichsten ist."
        ),
        "sources": "Trainiert mit",
    },
}
