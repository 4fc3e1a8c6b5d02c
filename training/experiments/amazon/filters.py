"""Which users, items and categories stay: the paper's rules, as far as it gives them.

The paper says: users of 5 to 40 items with 8 on average, 1,000 categories; 547,700
entries of 66,519 users and 28,237 items. These numbers of users and items are exactly
those of the published 5-core file of Home & Kitchen of 2014 (551,682 reviews), so that
is where it started. It does not say which 1,000 categories, nor what became of users of
more than 40 items (there are some in that file). Here a category is a leaf of the
shop's tree with its whole path, those of most reviews stay, and such users are removed.
"""

from dataclasses import asdict, dataclass

from training.experiments.amazon.engines import Engine


@dataclass(frozen=True)
class Rules:
    """Rules of what stays.

    Attributes:
        core: Fewest reviews of a user and of an item, applied until nothing changes.
        categories: Number of categories that stay, those of most reviews.
        fewest_items: Fewest items of a user.
        most_items: Most items of a user.
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
    """Size of the data after a step.

    Attributes:
        step: Description of the step.
        entries: Number of pairs of user and item.
        users: Number of users.
        items: Number of items.
        categories: Number of their categories.
    """

    step: str
    entries: int
    users: int
    items: int
    categories: int

    @property
    def mean_items(self) -> float:
        """Mean number of items of a user."""
        return self.entries / self.users if self.users else 0.0


PAPER = Size("the paper", 547_700, 66_519, 28_237, 1_000)


def apply_rules(engine: Engine, rules: Rules) -> list[Size]:
    """Reduce the table `reviews` to what stays.

    Returns:
        The size after each step, the files' own first.

    Raises:
        ValueError: Nothing is left; the sizes say after which step.
    """
    sizes = [_size(engine, "read, one review per user and item")]
    keep_core(engine, rules.core)
    sizes.append(_size(engine, f"{rules.core}-core"))
    _keep(
        engine, "SEMI JOIN (SELECT item FROM items WHERE category <> '') USING (item)"
    )
    sizes.append(_size(engine, "category known"))
    _keep(engine, "SEMI JOIN (SELECT item FROM items WHERE url <> '') USING (item)")
    sizes.append(_size(engine, "picture known"))
    _keep(
        engine,
        "SEMI JOIN (SELECT item FROM items SEMI JOIN (SELECT category FROM reviews "
        "JOIN items USING (item) GROUP BY category ORDER BY count(*) DESC, category "
        f"LIMIT {rules.categories}) USING (category)) USING (item)",
    )
    sizes.append(_size(engine, f"{rules.categories:,} categories of most reviews"))
    _keep(
        engine,
        'SEMI JOIN (SELECT "user" FROM reviews GROUP BY "user" HAVING count(*) '
        f'BETWEEN {rules.fewest_items} AND {rules.most_items}) USING ("user")',
    )
    sizes.append(
        _size(engine, f"users of {rules.fewest_items} to {rules.most_items} items")
    )
    if not sizes[-1].entries:
        steps = ", ".join(f"{size.step}: {size.entries:,}" for size in sizes)
        raise ValueError(f"reviews: expected some to stay, received {steps}")
    return sizes


def keep_core(engine: Engine, core: int) -> None:
    """Remove users and items of fewer reviews until nothing changes (the k-core)."""
    before = -1
    while before != (before := _entries(engine)):
        for key in ('"user"', "item"):
            _keep(
                engine,
                f"SEMI JOIN (SELECT {key} FROM reviews GROUP BY {key} "
                f"HAVING count(*) >= {core}) USING ({key})",
            )


def _keep(engine: Engine, condition: str) -> None:
    engine.execute(f"CREATE TABLE kept AS SELECT reviews.* FROM reviews {condition}")
    engine.execute("DROP TABLE reviews")
    engine.execute("ALTER TABLE kept RENAME TO reviews")


def _entries(engine: Engine) -> int:
    return engine.rows("SELECT count(*) FROM reviews")[0][0]


def _size(engine: Engine, step: str) -> Size:
    (counts,) = engine.rows(
        'SELECT count(*), count(DISTINCT "user"), count(DISTINCT item), '
        "count(DISTINCT nullif(category, '')) FROM reviews LEFT JOIN items "
        "USING (item)"
    )
    return Size(step, *counts)
