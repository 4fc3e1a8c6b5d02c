from export.third_party.species import read_species

LINES = [
    "Erithacus rubecula (European Robin)",
    "Cyanocitta stelleri (Steller's Jay)",
    "Acanalonia conica ()",
    r"Anas superciliosa \xd7 platyrhynchos (Pacific Black Duck \xd7 Mallard hybrid)",
    r"Diaethria anna (Anna\u2019s Eighty-eight)",
    "Zosterops lateralis lateralis (Silvereye (ssp. lateralis))",
    "background",
]


def test_labels_of_species():
    labels = read_species(LINES)
    assert [one.id for one in labels] == [
        "erithacus_rubecula", "cyanocitta_stelleri", "acanalonia_conica",
        "anas_superciliosa_platyrhynchos", "diaethria_anna",
        "zosterops_lateralis_lateralis", "background",
    ]  # fmt: skip
    assert [one.names["en"] for one in labels] == [
        "European Robin", "Steller's Jay", "Acanalonia conica",
        "Pacific Black Duck × Mallard hybrid", "Anna’s Eighty-eight",
        "Silvereye (ssp. lateralis)", "background",
    ]  # fmt: skip


def test_german_names_where_there_are():
    robin, jay, *_ = read_species(LINES)
    assert robin.names["de"] == "Rotkehlchen"
    assert jay.names["de"] == "Cyanocitta stelleri"
