"""The words of the page of products in each language."""

TEXTS = {
    "en": {
        "title": "Products for you",
        "headline": "Chosen by your photos",
        "photos": ("photo", "photos"),
        "products": ("product", "products"),
        "skipped": ("file skipped", "files skipped"),
        "because": "Because of",
        "fills": "Nothing on the photos speaks for it.",
        "match": "Match",
        "missing": "no picture",
        "how": "How to read this",
        "how_text": (
            "Beside each product stand the interest, with its probability, and the "
            "photo that speak for it most. The bar compares a product with the best "
            "one. A computer looked at the photos and can be wrong; nobody paid for a "
            "place in this list."
        ),
        "private": (
            "Made on this computer. No photo left it, and this page loads nothing "
            "from elsewhere."
        ),
        "skipped_files": "Files that were not read",
        "bundle": "Bundle",
    },
    "de": {
        "title": "Produkte für dich",
        "headline": "Nach deinen Fotos ausgesucht",
        "photos": ("Foto", "Fotos"),
        "products": ("Produkt", "Produkte"),
        "skipped": ("Datei übergangen", "Dateien übergangen"),
        "because": "Wegen",
        "fills": "Nichts auf den Fotos spricht dafür.",
        "match": "Übereinstimmung",
        "missing": "kein Bild",
        "how": "Wie man das liest",
        "how_text": (
            "Neben jedem Produkt stehen das Interesse mit seiner Wahrscheinlichkeit "
            "und das Foto, die am meisten dafür sprechen. Der Balken vergleicht ein "
            "Produkt mit dem besten. Ein Computer hat die Fotos angesehen und kann "
            "sich irren; niemand hat für einen Platz in dieser Liste bezahlt."
        ),
        "private": (
            "Auf diesem Computer gemacht. Kein Foto hat ihn verlassen, und diese "
            "Seite lädt nichts von anderswo."
        ),
        "skipped_files": "Dateien, die nicht gelesen wurden",
        "bundle": "Bündel",
    },
}
