"""How our Word documents look: A4, British English, our styles, and nothing of a template's that nobody uses.

Slow to import: do so where needed.
"""

from functools import cache
from io import BytesIO
from typing import Any, Final

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

WIDE_MM: Final = 170
"""The width of the text on A4."""
_DEEP: Final = RGBColor(0x1F, 0x4A, 0x5E)
_QUIET: Final = RGBColor(0x4A, 0x58, 0x66)
_STYLES: Final = {"Title": 28, "Heading 1": 18, "Heading 2": 14, "Heading 3": 12}
_TABLES: Final = ("TableNormal", "TableGrid")
_UNUSED: Final = ("stylesWithEffects", "thumbnail", "customXml", "extended-properties")
_WORD_2013: Final = "15"


@cache
def blank() -> bytes:
    """Return an empty document in our looks, without what the library's own template brings and nobody uses."""
    made = Document()
    section = made.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin, section.bottom_margin = Mm(24), Mm(20)
    _dress(made)
    for style in list(made.styles.element):
        if style.get(qn("w:type")) == "table" and style.get(qn("w:styleId")) not in _TABLES:
            made.styles.element.remove(style)
    for rels in (made.part.rels, made.part.package.rels):
        for key in [key for key, one in rels.items() if one.reltype.rsplit("/", 1)[-1] in _UNUSED]:
            del rels[key]
    kept = BytesIO()
    made.save(kept)
    return kept.getvalue()


def _dress(made: Any) -> None:
    """Give the styles our looks, and add those that the library's own template lacks."""
    styles = made.styles
    normal = styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(11)
    normal.paragraph_format.space_after = Pt(6)
    for name, size in _STYLES.items():
        style = styles[name]
        style.font.size, style.font.color.rgb, style.font.name = Pt(size), _DEEP, "Calibri"
        style.paragraph_format.space_after = Pt(4)
        fonts = style.element.rPr.rFonts
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
    styles["Heading 1"].paragraph_format.page_break_before = True
    for name in ("Header", "Footer"):
        stops = styles[name].paragraph_format.tab_stops
        stops.clear_all()
        stops.add_tab_stop(Mm(WIDE_MM), WD_TAB_ALIGNMENT.RIGHT)
    for name, bold, space, quiet in (
        ("Question", True, 2, False),
        ("Criterion", True, 2, False),
        ("Quiet", False, 6, True),
        ("TableHead", True, 2, False),
        ("TableText", False, 2, False),
        ("AfterTable", False, 4, False),
        ("toc 1", False, 2, False),
        ("toc 2", False, 2, False),
    ):
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style, style.font.bold = normal, bold
        style.paragraph_format.space_after = Pt(space)
        style.paragraph_format.keep_with_next = name in ("Question", "Criterion")
        if quiet:
            style.font.color.rgb = _QUIET
    styles["Criterion"].font.italic = True
    styles["AfterTable"].font.size = Pt(4)
    styles["TableHead"].font.size = styles["TableText"].font.size = Pt(10)
    styles["toc 2"].paragraph_format.left_indent = Mm(6)
    link = styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER)
    link.font.color.rgb, link.font.underline = _DEEP, True
    mark = styles.add_style("Mark", WD_STYLE_TYPE.CHARACTER)
    mark.font.bold, mark.font.size, mark.font.color.rgb = True, Pt(16), RGBColor(0x8A, 0x26, 0x1C)
    for language in styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")
    for language in made.settings.element.iter(qn("w:themeFontLang")):
        language.set(qn("w:val"), "en-GB")
    for one in made.settings.element.iter(qn("w:compatSetting")):
        if one.get(qn("w:name")) == "compatibilityMode":
            one.set(qn("w:val"), _WORD_2013)
