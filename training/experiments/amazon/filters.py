"""Which users, items and categories stay: the sources' rules, as far as they are told.

The sources say: users of 5 to 40 items with 8 on average, 1,000 categories; 547,700
entries of 66,519 users and 28,237 items. These users and items are, to a man, those of
the published 5-core file of Home & Kitchen of 2014 (551,682 reviews), so that is where
they started. They do not say which 1,000 categories, nor what became of users of more
than 40 items (there are some in that file). Here a category is a leaf of the shop's
tree with its whole path, those of most reviews stay, and such users are left out.
"""

from dataclasses import asdict, dataclass
from typing import Any, Protocol


class Store(Protocol):
    """What runs SQL over the tables: DuckDB, or Spark."""

    def execute(self, query: str) -> Any:
        """Run a query; what comes back has its rows in `fetchall()`."""


@dataclass(frozen=True)
class Rules:
    """What stays.

    Attributes:
        core: Fewest reviews of a user and of an item, applied until nothing changes.
        categories: The so many categories of most reviews.
        fewest_items: Of a user.
        most_items: Of a user.
    """

    core: int = 5
    categories: int = 1000
    fewest_items: int = 5
    most_items: int = 40

    def __post_init__(self) -> None:
        for name, value in asdict(self).items():
            if value < 1:
                raise ValueError(f"{name}: expected at least 1, received {value}")
        if self.fewest_items > self.most_items:
            raise ValueError(
                f"most_items: expected at least {self.fewest_items}, "
                f"received {self.most_items}"
            )


@dataclass(frozen=True)
class Size:
    """How much there is after a step.

    Attributes:
        step: What was done.
        entries: Pairs of user and item.
        users: People.
        items: Products.
        categories: Of these products; those without one are not counted.
    """

    step: str
    entries: int
    users: int
    items: int
    categories: int

    @property
    def mean_items(self) -> float:
        """Items of a user."""
        return self.entries / self.users if self.users else 0.0


PAPER = Size("the paper", 547_700, 66_519, 28_237, 1_000)


def apply_rules(store: Store, rules: Rules) -> list[Size]:
    """Reduce the table `reviews` to what stays.

    Returns:
        The size after each step, the files' own first.

    Raises:
        ValueError: Nothing is left; the sizes say after which step.
    """
    sizes = [_size(store, "read, one review a user and item")]
    keep_core(store, rules.core)
    sizes.append(_size(store, f"{rules.core}-core"))
    _keep(store, "SEMI JOIN (SELECT item FROM items WHERE category <> '') USING (item)")
    sizes.append(_size(store, "category known"))
    _keep(store, "SEMI JOIN (SELECT item FROM items WHERE url <> '') USING (item)")
    sizes.append(_size(store, "picture known"))
    _keep(
        store,
        "SEMI JOIN (SELECT item FROM items SEMI JOIN (SELECT category FROM reviews "
        "JOIN items USING (item) GROUP BY category ORDER BY count(*) DESC, category "
        f"LIMIT {rules.categories}) USING (category)) USING (item)",
    )
    sizes.append(_size(store, f"{rules.categories:,} categories of most reviews"))
    _keep(
        store,
        'SEMI JOIN (SELECT "user" FROM reviews GROUP BY "user" HAVING count(*) '
        f'BETWEEN {rules.fewest_items} AND {rules.most_items}) USING ("user")',
    )
    sizes.append(
        _size(store, f"users of {rules.fewest_items} to {rules.most_items} items")
    )
    if not sizes[-1].entries:
        told = ", ".join(f"{size.step}: {size.entries:,}" for size in sizes)
        raise ValueError(f"reviews: expected some to stay, received {told}")
    return sizes


def keep_core(store: Store, core: int) -> None:
    """Leave out users and items of fewer reviews, again and again, until none is."""
    before = -1
    while before != (before := _entries(store)):
        for key in ('"user"', "item"):
            _keep(
                store,
                f"SEMI JOIN (SELECT {key} FROM reviews GROUP BY {key} "
                f"HAVING count(*) >= {core}) USING ({key})",
            )


def _keep(store: Store, condition: str) -> None:
    store.execute(f"CREATE TABLE kept AS SELECT reviews.* FROM reviews {condition}")
    store.execute("DROP TABLE reviews")
    store.execute("ALTER TABLE kept RENAME TO reviews")


def _entries(store: Store) -> int:
    return _row(store, "SELECT count(*) FROM reviews")[0]


def _size(store: Store, step: str) -> Size:
    entries, users, items, categories = _row(
        store,
        'SELECT count(*), count(DISTINCT "user"), count(DISTINCT item), '
        "count(DISTINCT nullif(category, '')) FROM reviews LEFT JOIN items "
        "USING (item)",
    )
    return Size(step, entries, users, items, categories)


def _row(store: Store, query: str) -> tuple:
    # All rows, though there is one: DuckDB refuses more work while any is left.
    return store.execute(query).fetchall()[0]
