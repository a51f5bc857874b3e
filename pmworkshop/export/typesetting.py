"""The one place that sets type: a template and its data become an accessible PDF, the same bytes every time.

Untrusted text reaches Typst only as JSON, never as markup. Nothing is read from the network, and no font of
the machine is used.
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from pmworkshop.core.text import clean_line
from pmworkshop.core.units import SECOND, Instant
from pmworkshop.core.value import value
from pmworkshop.export.glyphs import FONTS, showable

if TYPE_CHECKING:
    from typst import Fonts

TEMPLATES: Final = Path(__file__).parent / "templates"
STANDARDS: Final = ("ua-1", "a-2a")
NO_TITLE: Final = "Untitled"  # an accessible PDF must have one
NO_FILES: Final[Mapping[str, bytes]] = MappingProxyType({})
_FALLBACKS = ("Noto Emoji", "Noto Sans Symbols", "Noto Sans Symbols2", "WenQuanYi Micro Hei")

_EMPTY_ONES: Final = 3
"""Typst drops what the last ten documents did not use: with these between, what the last two or three did not."""


class TypesettingError(Exception):
    """A paper could not be set at all: a template is wrong, or a picture cannot be read."""


@value
class Typeset:
    """A finished PDF, the standards that it keeps, and the characters that no font has, in the order met."""

    pdf: bytes
    standards: tuple[str, ...]
    replaced: tuple[str, ...]


def typeset(
    template: str,
    data: object,
    *,
    title: str,
    files: Mapping[str, bytes] = NO_FILES,
    at: Instant | None = None,
) -> Typeset:
    """Set `template` (a file's name in `templates/`) with `data`, and return the PDF.

    `data` is anything that JSON holds; its texts may be hostile, its keys are ours. The template reads it with
    `json(bytes(sys.inputs.data))`, the title as `sys.inputs.title`, and the code points of what no font has as
    JSON in `sys.inputs.replaced`. `files` are pictures that the template
    shows with `image("/files/NAME")`. `at` dates the document; without it, it is
    dated 1970, since an archive's PDF must carry a date.
    May be called from several threads at once, and lets others run meanwhile.
    Raises `TypesettingError`.
    """
    replaced: list[str] = []
    texts = {
        "data": json.dumps(_shown(data, replaced), ensure_ascii=False),
        "title": _shown(clean_line(title) or NO_TITLE, replaced),
    }
    texts |= {"fonts": json.dumps(_families())}
    sources = dict(_templates())
    if template not in sources:
        raise TypesettingError(f"There is no template {template}.")
    sources["main.typ"] = sources[template]
    sources |= {f"files/{name}": _picture(name, body, replaced) for name, body in files.items()}
    texts["replaced"] = json.dumps(
        [" ".join(f"U+{ord(char):04X}" for char in one) for one in dict.fromkeys(replaced)]
    )
    moment = datetime.fromtimestamp((at or 0) // SECOND, UTC)
    pdf, standards = _compiled(sources, texts, moment)
    return Typeset(pdf=pdf, standards=standards, replaced=tuple(dict.fromkeys(replaced)))


def _compiled(
    sources: dict[str, bytes], texts: dict[str, str], moment: datetime
) -> tuple[bytes, tuple[str, ...]]:
    """Compile; where the standards cannot be kept, without them rather than not at all."""
    import typst  # noqa: PLC0415  # slow to import

    def compiled(standards: tuple[str, ...]) -> bytes:
        pdf = typst.compile(
            sources,  # type: ignore[call-overload]  # several files by name, which its stubs leave out
            font_paths=_fonts(),
            ignore_system_fonts=True,
            sys_inputs=texts,
            pdf_standards=list(standards),
            timestamp=moment,
        )
        _forget()
        return bytes(pdf)

    try:
        return compiled(STANDARDS), STANDARDS
    except (
        RuntimeError
    ):  # Typst's own, and a bare one where it means to show what is wrong in a broken picture
        try:
            return compiled(()), ()
        except RuntimeError as error:
            what = getattr(error, "message", "a picture in it cannot be read")
            raise TypesettingError(f"The paper could not be set: {what}") from error


def _forget() -> None:
    """Let go of what is kept for the next document, which differs: ten documents of 40 MB each would be held."""
    import typst  # noqa: PLC0415  # slow to import

    for _ in range(_EMPTY_ONES):
        typst.compile(b"", font_paths=_fonts(), ignore_system_fonts=True)


def _shown(part: Any, replaced: list[str]) -> Any:
    """Return `part` with every text in it such that our fonts can show it."""
    if isinstance(part, str):
        shown, missing = showable(part)
        replaced.extend(missing)
        return shown
    if isinstance(part, Mapping):
        return {key: _shown(one, replaced) for key, one in part.items()}
    if isinstance(part, list | tuple):
        return [_shown(one, replaced) for one in part]
    return part


def _picture(name: str, body: bytes, replaced: list[str]) -> bytes:
    if not name.endswith(".svg"):
        return body
    return str(_shown(body.decode(errors="replace"), replaced)).encode()


@cache
def _templates() -> Mapping[str, bytes]:
    return MappingProxyType({path.name: path.read_bytes() for path in sorted(TEMPLATES.glob("*.typ"))})


@cache
def _fonts() -> "Fonts":
    from typst import Fonts  # noqa: PLC0415  # slow to import

    return Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])


@cache
def _families() -> tuple[str, ...]:
    """Return our fonts' names in the order to look for a character in."""
    return tuple(dict.fromkeys(("Noto Sans", *_scripts(), *_FALLBACKS)))


def _scripts() -> list[str]:
    return [one for one in _fonts().families() if one not in _FALLBACKS and not one.endswith(" Mono")]
