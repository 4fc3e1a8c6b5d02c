"""Names of the scenarios that user sets come from, and what to call them."""

USERS = "users"
INTEREST_FREE_SEEN = "interest-free-seen"
INTEREST_FREE_UNSEEN = "interest-free-unseen"
CONTRIBUTORS = "contributors"
SHOPPERS = "shoppers"

_TITLES = {
    USERS: "simulated users",
    INTEREST_FREE_SEEN: "simulated users without interests, kinds seen in training",
    INTEREST_FREE_UNSEEN: "simulated users without interests, held-out classes",
    CONTRIBUTORS: "real contributors (clothing)",
    SHOPPERS: "real shoppers (Amazon)",
}


def gallery(size: int) -> str:
    """Name the scenario of galleries of `size` photos."""
    return f"gallery-{size}"


def title(scenario: str) -> str:
    """Title of a scenario; simulated ones are called simulated.

    Raises:
        ValueError: Unknown scenario.
    """
    if scenario in _TITLES:
        return _TITLES[scenario]
    name, _, size = scenario.partition("-")
    if name != "gallery" or not size.isdecimal():
        raise ValueError(
            f"scenario: expected one of {tuple(_TITLES)} or gallery-<photos>, "
            f"received {scenario!r}"
        )
    return f"simulated galleries of {size} photos"


def is_simulated(scenario: str) -> bool:
    """Tell simulated users from real people."""
    return scenario not in (CONTRIBUTORS, SHOPPERS)
