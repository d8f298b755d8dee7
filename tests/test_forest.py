"""Trees asked all at once: the answers are those of the way from question to question."""

from __future__ import annotations

import random

import pytest

from cleaner.judge.scorer.forest import MAX_LEAVES, Forest, Leaf, Split, Tree

COLUMNS = ("a", "b", "c")


def grown(chance: random.Random, leaves: int) -> Tree:
    """A tree of so many leaves; bounds repeat, and values meet them."""
    if leaves == 1:
        return Leaf(chance.uniform(-1, 1), chance.randrange(len(COLUMNS)))
    low = chance.randint(1, leaves - 1)
    return Split(chance.randrange(len(COLUMNS)), chance.randint(0, 5), grown(chance, low), grown(chance, leaves - low))


def walked(tree: Tree, row: list[float]) -> Leaf:
    while isinstance(tree, Split):
        tree = tree.low if row[tree.column] <= tree.bound else tree.high
    return tree


@pytest.mark.parametrize("seed", range(20))
def test_a_forest_answers_as_its_trees_do(seed: int) -> None:
    """Whatever their shape, and also where a value lies on a bound."""
    chance = random.Random(seed)
    trees = [grown(chance, chance.randint(1, MAX_LEAVES)) for _ in range(30)]
    rows = [[chance.choice([0.0, 1.0, 2.5, 3.0, 5.0, 9.0]) for _ in COLUMNS] for _ in range(50)]
    forest = Forest(COLUMNS, trees)
    answers = forest.evaluate({name: [row[i] for row in rows] for i, name in enumerate(COLUMNS)}, len(rows))
    for row, answer in zip(rows, answers, strict=True):
        wanted = [walked(tree, row) for tree in trees]
        assert wanted == list(forest.leaves(answer))
        assert sum(leaf.odds for leaf in wanted) == forest.odds(answer)


def test_a_forest_without_trees_says_nothing() -> None:
    """No trees, no odds, and an answer for each row all the same."""
    forest = Forest((), ())
    assert [b"", b""] == forest.evaluate({}, 2)
    assert 0.0 == forest.odds(b"")


def test_a_tree_has_a_byte_for_its_leaves() -> None:
    """More leaves than bits are refused, for their answers would be those of the next tree."""
    with pytest.raises(ValueError, match="more than 8 leaves"):
        Forest(COLUMNS, [grown(random.Random(0), MAX_LEAVES + 1)])
