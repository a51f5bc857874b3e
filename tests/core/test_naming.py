"""A name is found in a text however it is spelt there, and not in the middle of another word."""

import pytest

from pmworkshop.core.naming import naming, plain, strings_in


@pytest.mark.parametrize(
    ("names", "text", "found"),
    [
        (["Zoë Ødegård"], "zoe  Ødegård came late", True),
        (["Anna Berg"], "Anna\nBerg", True),
        (["Anna Berg"], "Joanna Bergen", False),
        (["Al"], "also", False),
        (["Al"], "Al, too", True),
        (["王小明"], "今天王小明迟到", True),
        (["محمد علي"], "قال محمد علي نعم", True),
        (["a.b (c)"], "A.B (C)", True),
        ([], "anything", False),
        (["\u202e"], "anything", False),
    ],
)
def test_a_name_is_found_as_people_write_it(names: list[str], text: str, found: bool) -> None:
    """Case, accents and spacing do not matter; where words are set apart, the name has to stand by itself."""
    wanted = naming(names)
    assert bool(wanted and wanted.search(plain(text))) is found


def test_a_part_of_a_name_is_found_where_asked_for() -> None:
    """A first name alone may mean them; one of two letters would mean anybody."""
    wanted = naming(["Bo Lindqvist"], parts=True)
    assert wanted is not None
    assert wanted.search(plain("as Lindqvist said"))
    assert not wanted.search(plain("bo"))
    assert naming(["Bo Lindqvist"]) is not None


def test_every_text_in_json_is_looked_at() -> None:
    """Keys, cells and lists, however deep."""
    assert sorted(strings_in({"a": ["b", {"c": ("d", 1, None, True)}]})) == ["a", "b", "c", "d"]
