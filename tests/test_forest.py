"""The forest gives the same answers as walking each of its trees."""

from __future__ import annotations

import random

import pytest

from cleaner.judge.scorer.forest import MAX_LEAVES, Forest, Leaf, Split, Tree

COLUMNS = ("a", "b", "c")


def random_tree(chance: random.Random, leaves: int) -> Tree:
    """Return a random tree with this many leaves. Its bounds are small integers: they repeat and equal some values."""
    if leaves == 1:
        return Leaf(chance.uniform(-1, 1), chance.randrange(len(COLUMNS)))
    low = chance.randint(1, leaves - 1)
    return Split(
        chance.randrange(len(COLUMNS)),
        chance.randint(0, 5),
        random_tree(chance, low),
        random_tree(chance, leaves - low),
    )


def leaf_for(tree: Tree, row: list[float]) -> Leaf:
    """Return the leaf that a walk through the tree leads to."""
    while isinstance(tree, Split):
        tree = tree.low if row[tree.column] <= tree.bound else tree.high
    return tree


@pytest.mark.parametrize("seed", range(20))
def test_a_forest_answers_as_its_trees_do(seed: int) -> None:
    """A forest selects the same leaves as its trees, whatever their shape, also if a value equals a bound."""
    chance = random.Random(seed)
    trees = [random_tree(chance, chance.randint(1, MAX_LEAVES)) for _ in range(30)]
    rows = [[chance.choice([0.0, 1.0, 2.5, 3.0, 5.0, 9.0]) for _ in COLUMNS] for _ in range(50)]
    forest = Forest(COLUMNS, trees)
    answers = forest.evaluate({name: [row[i] for row in rows] for i, name in enumerate(COLUMNS)}, len(rows))
    for row, answer in zip(rows, answers, strict=True):
        wanted = [leaf_for(tree, row) for tree in trees]
        assert sum(leaf.odds for leaf in wanted) == forest.odds(answer)
        by_column = {
            name: sum(leaf.odds for leaf in wanted if leaf.column == number) for number, name in enumerate(COLUMNS)
        }
        assert forest.contributions(answer) == {name: odds for name, odds in by_column.items() if odds}


def test_a_forest_without_trees() -> None:
    """A forest without trees gives an empty answer for each row, with log-odds of 0."""
    forest = Forest((), ())
    assert [b"", b""] == forest.evaluate({}, 2)
    assert 0.0 == forest.odds(b"")


def test_a_tree_has_at_most_eight_leaves() -> None:
    """A tree with more leaves than a byte has bits is rejected: its bits would overlap with those of the next tree."""
    with pytest.raises(ValueError, match="more than 8 leaves"):
        Forest(COLUMNS, [random_tree(random.Random(0), MAX_LEAVES + 1)])
