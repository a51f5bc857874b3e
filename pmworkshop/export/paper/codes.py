"""Codes that a camera reads, as SVG for a paper."""

import io


def qr(text: str) -> bytes:
    """Return a QR code as SVG, with the quiet border that readers need; `text` is at most about 2,000 characters."""
    import segno  # noqa: PLC0415  # slow to import

    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="svg", border=4, scale=4, xmldecl=False)
    return out.getvalue()
