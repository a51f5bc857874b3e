"""Templates: compiled before anybody asks, anew only where they have changed, and never showing what is unsafe."""

from pathlib import Path

import jinja2

from pmworkshop.room.templating import Compiled, templates

BELL = "An\u202ena\x07"


def _filters() -> dict[str, type[str]]:
    return dict.fromkeys(("markdown", "clean", "at", "countdown"), str)


def test_no_page_waits_to_be_compiled() -> None:
    """Every template is at hand as soon as the room is open."""
    found = templates(_filters())
    assert found.cache is not None
    assert {name for _, name in found.cache.keys()} >= set(found.list_templates())  # noqa: SIM118  # no dict


def test_text_is_cleaned_wherever_it_is_shown() -> None:
    """Control characters and direction overrides reach no page, and other scripts stay as they are."""
    shown = templates(_filters()).from_string("{{ name }}|{{ other }}")
    assert shown.render(name=BELL, other="Zoë 田中 <b>") == "Anna|Zoë 田中 &lt;b&gt;"


def test_a_template_that_has_changed_is_compiled_anew(tmp_path: Path) -> None:
    """What was kept of a template counts only as long as its source is the same."""
    kept, page = Compiled(), tmp_path / "page.html"
    for words in ("first", "second"):
        page.write_text(words, "utf-8")
        found = jinja2.Environment(
            loader=jinja2.FileSystemLoader(tmp_path), bytecode_cache=kept, autoescape=True
        )
        assert found.get_template("page.html").render() == words
