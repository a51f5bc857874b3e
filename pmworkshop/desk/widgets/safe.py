"""Untrusted text on the screen: always `Content`, never markup, with control characters taken out again."""

from textual.content import Content

from pmworkshop.core.text import clean, clean_line

LONGEST_NOTICE = 400


def safe(text: str) -> Content:
    """Return text for several lines, verbatim."""
    return Content(clean(text))


def safe_line(text: str, longest: int = 0) -> Content:
    """Return text for one line, cut with an ellipsis at `longest` cells when given."""
    content = Content(clean_line(text))
    return content.truncate(longest, ellipsis=True) if longest and content.cell_length > longest else content


def notice(text: str) -> str:
    """Return text for a notification, which is shown without markup: clean, and no taller than a few lines."""
    line = clean_line(text)
    return line if len(line) <= LONGEST_NOTICE else line[:LONGEST_NOTICE].rstrip() + "…"
