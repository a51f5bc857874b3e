"""Untrusted text on the screen: always `Content`, never markup, with control characters taken out again."""

from textual.content import Content

from pmworkshop.core.text import clean, clean_line


def safe(text: str) -> Content:
    """Return text for several lines, verbatim."""
    return Content(clean(text))


def safe_line(text: str, longest: int = 0) -> Content:
    """Return text for one line, cut with an ellipsis at `longest` cells when given."""
    content = Content(clean_line(text))
    return content.truncate(longest, ellipsis=True) if longest and content.cell_length > longest else content


def fill(template: str, **texts: str) -> Content:
    """Return our own markup with untrusted texts put in as they are: `fill("[b]$name[/b] came", name=name)`."""
    return Content.from_markup(template, **{key: clean_line(text) for key, text in texts.items()})
