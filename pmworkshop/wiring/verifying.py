"""A pack looked at from outside: read within bounds, proved, and said in words or for programs."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from pmworkshop import journal
from pmworkshop.core.text import clean_line
from pmworkshop.export.opening import LARGEST
from pmworkshop.export.proof import Finding, Proof, prove
from pmworkshop.wiring.places import as_written, journal_path, there
from pmworkshop.wiring.unusable import Unusable

MARKS = {True: "holds", False: "DOES NOT HOLD", None: "left open"}
START = b"PK\3\4"


def pack_at(given: str, data: Path) -> Path | None:
    """Return the path of a pack, if that is what was named: a zip by its ending or its first bytes.

    Unusable where a zip was named that is neither a file nor a cohort in the folder `data`.
    """
    path = as_written(given)
    zipped = path.suffix.casefold() == ".zip"
    if there(path, Path.is_file):
        return path if zipped or _begins(path) else None
    if zipped and not there(journal_path(data, given)):
        raise Unusable(f"there is no file {given}; check the path, or drag the file into this window")
    return None


def _begins(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(len(START)) == START
    except OSError:
        return False


def proof_of(path: Path) -> Proof:
    """Return what can be said about the pack at `path`."""
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        raise Unusable(f"{path} cannot be read ({error.strerror or error}); check the path") from error
    return prove(content)


def compared(proof: Proof, path: Path) -> Proof:
    """Return a proof with what the cohort's own record says: whether it had this very head when the pack was made."""
    if not proof.manifest:
        return proof
    try:
        rows = journal.read_rows(path).rows
        report = journal.verify(path)
    except journal.JournalError as error:
        raise click.ClickException(str(error)) from error
    seq, head = proof.manifest["head"]["seq"], proof.manifest["head"]["hash"]
    here = report.head.seq >= seq and any((row.seq, row.hash) == (seq, head) for row in rows)
    words = f"The cohort's own record has event {seq} with this very hash"
    if here:
        words += ", and its chain holds up to there: the pack was made from it."
    else:
        words = f"The cohort's own record does not have this head (event {seq}), or its chain is broken before it."
    others = tuple(one for one in proof.findings if one.what != "origin")
    return replace(proof, findings=(*others, Finding(what="origin", words=words, holds=here)))


def proof_lines(path: Path, proof: Proof) -> list[str]:
    """Return a proof to be read: what the pack says it is, each finding, and the verdict last."""
    lines = [title(proof)] if proof.manifest else []
    width = max(map(len, MARKS.values()))
    lines += [f"{MARKS[one.holds]:<{width}}  {one.words}" for one in proof.findings]
    name = clean_line(path.name)
    return [*lines, f"{name} holds." if proof.ok else f"{name} does NOT hold: do not rely on it."]


def title(proof: Proof) -> str:
    """Say whose pack this is, by its own account."""
    said = proof.manifest
    name, made = clean_line(said["person"]["name"]), clean_line(str(said["made"].get("utc", "")))
    unit, cohort = clean_line(str(said.get("unit", ""))), clean_line(str(said.get("cohort", "")))
    parts = [f"evidence pack of {name}", f"unit {unit}" if unit else "", f"cohort {cohort}" if cohort else ""]
    return ", ".join(part for part in (*parts, f"as of {made}" if made else "") if part)


def proof_json(proof: Proof) -> dict[str, Any]:
    """Return a proof for programs."""
    found = [{"what": one.what, "holds": one.holds, "words": one.words} for one in proof.findings]
    said = {key: one for key, one in proof.manifest.items() if key != "files"}
    return {"ok": proof.ok, "findings": found, "pack": said}
