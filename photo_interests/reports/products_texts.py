"""The words of the page of products in each language."""

TEXTS = {
    "en": {
        "title": "Products for you",
        "headline": "Recommended from your photos",
        "products": ("product", "products"),
        "skipped": ("file skipped", "files skipped"),
        "because": "Because of",
        "fills": "No interest in your photos matches.",
        "match": "Match",
        "missing": "no picture",
        "how": "How to read this",
        "how_text": (
            "Each product is shown with the interest, its probability, and the photo "
            "that contribute most. The bar compares a product with the best one. The "
            "ranking is made by a computer and can be wrong; no place in it is paid "
            "for."
        ),
    },
    "de": {
        "title": "Produkte für dich",
        "headline": "Empfohlen nach deinen Fotos",
        "products": ("Produkt", "Produkte"),
        "skipped": ("Datei übersprungen", "Dateien übersprungen"),
        "because": "Wegen",
        "fills": "Kein Interesse in deinen Fotos passt dazu.",
        "match": "Übereinstimmung",
        "missing": "kein Bild",
        "how": "Wie man das liest",
        "how_text": (
            "Neben jedem Produkt stehen das Interesse mit seiner Wahrscheinlichkeit "
            "und das Foto, die am meisten beitragen. Der Balken vergleicht ein "
            "Produkt mit dem besten. Die Reihenfolge macht ein Computer; sie kann "
            "falsch sein. Kein Platz darin ist bezahlt."
        ),
    },
}
