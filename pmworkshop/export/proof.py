"""What can be said about a pack from the pack alone: what holds, what does not, and what no file can prove of itself."""

import json
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any, Final

from pmworkshop.core.text import clean_line
from pmworkshop.core.value import value
from pmworkshop.export.opening import NotAPackError, Opened, named, open_parcel
from pmworkshop.export.parcel import FORMAT, MANIFEST, SEALS, SUMS, sums_of
from pmworkshop.export.slices import Slice, SliceError, chain_fault, read_slice
from pmworkshop.journal.chain import Head

RECORD: Final = "record.jsonl"
EVIDENCE: Final = "evidence.json"
WRITTEN: Final = ("OutputSubmitted", "OutputAmended")
LONGEST: Final = 200


@value
class Finding:
    """One thing that was looked at. `holds` is None where it cannot be told from the file alone."""

    what: str
    words: str
    holds: bool | None = True


@value
class Proof:
    """All findings, and what the pack says about itself (a JSON object, empty where it could not be read)."""

    findings: tuple[Finding, ...]
    manifest: Mapping[str, Any]

    @property
    def ok(self) -> bool:
        """Whether nothing was found that does not hold."""
        return all(one.holds is not False for one in self.findings)


def prove(content: bytes) -> Proof:
    """Return what can be said about the pack in `content`."""
    try:
        opened = open_parcel(content)
    except NotAPackError as error:
        return Proof(findings=(Finding(what="zip", words=f"{error}.", holds=False),), manifest={})
    findings = list(_of_zip(opened))
    manifest = _manifest(opened.files)
    if manifest is None:
        words = f"{MANIFEST} is missing or cannot be read, so this is no evidence pack, or not a whole one."
        return Proof(findings=(*findings, Finding(what="manifest", words=words, holds=False)), manifest={})
    findings += _of_files(opened.files, manifest)
    findings += _of_record(opened.files, manifest)
    return Proof(findings=(*findings, *_beyond(manifest)), manifest=manifest)


def _of_zip(opened: Opened) -> Iterator[Finding]:
    if opened.damaged:
        yield Finding(what="zip", words=f"Damaged: {named([*opened.damaged])}.", holds=False)
    if opened.twice:
        yield Finding(what="zip", words=f"There more than once: {named([*opened.twice])}.", holds=False)
    if opened.as_written:
        yield Finding(what="zip", words="The zip is as it was written, byte for byte.")
    else:
        words = "The zip itself is not as it was written: it was packed anew, or changed."
        yield Finding(what="zip", words=words, holds=False)


def _manifest(files: Mapping[str, bytes]) -> dict[str, Any] | None:
    """Return the manifest if all that is looked up in it is there."""
    try:
        found = json.loads(files[MANIFEST])
        plain = {"name": str, "size": int, "sha256": str}
        fits = found["format"] == FORMAT and all(
            type(one[key]) is kind for one in found["files"] for key, kind in plain.items()
        )
        fits = fits and (type(found["head"]["seq"]), type(found["head"]["hash"])) == (int, str)
        fits = fits and type(found["made"]["milliseconds"]) is int
        fits = fits and (type(found["draft"]), type(found["demonstration"])) == (bool, bool)
        fits = fits and type(found["person"]["name"]) is str
    except (KeyError, TypeError, ValueError, RecursionError):
        return None
    return found if fits else None


def _of_files(files: Mapping[str, bytes], manifest: Mapping[str, Any]) -> Iterator[Finding]:
    listed = {one["name"]: one for one in manifest["files"]}
    here = files.keys() - set(SEALS)
    changed = [
        name
        for name in sorted(here & listed.keys())
        if (len(files[name]), sha256(files[name]).hexdigest())
        != (listed[name]["size"], listed[name]["sha256"])
    ]
    wrong = {
        "Missing": sorted(listed.keys() - here),
        "Not part of the pack, and added later": sorted(here - listed.keys()),
        "Changed since the pack was made": changed,
    }
    for words, names in wrong.items():
        if names:
            yield Finding(what="files", words=f"{words}: {named(names)}.", holds=False)
    if not any(wrong.values()) and len(listed) == len(manifest["files"]):
        count = f"{len(listed)} files are" if len(listed) != 1 else "The one file is"
        yield Finding(what="files", words=f"{count} there, each as the manifest lists it, and no other.")
    elif not any(wrong.values()):
        yield Finding(what="files", words="The manifest lists a file twice.", holds=False)
    if files.get(SUMS) == sums_of({name: one for name, one in files.items() if name != SUMS}):
        yield Finding(what="sums", words=f"{SUMS} agrees with every file.")
    else:
        words = f"{SUMS} is missing, or does not agree with the files that are here."
        yield Finding(what="sums", words=words, holds=False)


def _of_record(files: Mapping[str, bytes], manifest: Mapping[str, Any]) -> Iterator[Finding]:
    if RECORD not in files:
        yield Finding(
            what="record", words=f"There is no {RECORD}: nothing ties this pack to a record.", holds=False
        )
        return
    try:
        record = read_slice(files[RECORD])
    except SliceError as error:
        yield Finding(what="record", words=f"{RECORD} cannot be read: {error}.", holds=False)
        return
    head = Head(seq=manifest["head"]["seq"], hash=manifest["head"]["hash"])
    if why := chain_fault(record):
        yield Finding(what="record", words=f"The record's chain is broken: {_line(why)}.", holds=False)
    elif record.head != head:
        words = f"The record ends in event {record.head.seq}, not where the manifest says (event {head.seq})."
        yield Finding(what="record", words=words, holds=False)
    elif record.rows and record.rows[-1].at != manifest["made"]["milliseconds"]:
        words = "The manifest says another time than the newest event of the record."
        yield Finding(what="record", words=words, holds=False)
    else:
        shown = sum(row.body is not None for row in record.rows)
        words = f"The record's chain holds from the first event to its head: {head.seq} events"
        yield Finding(what="record", words=f"{words}, {shown} of them shown, each as it was sealed.")
    yield from _of_evidence(files, record)


def _of_evidence(files: Mapping[str, bytes], record: Slice) -> Iterator[Finding]:
    pieces = _pieces(files.get(EVIDENCE, b""))
    if pieces is None:
        yield Finding(what="evidence", words=f"{EVIDENCE} is missing or cannot be read.", holds=False)
        return
    shown = _shown(record)
    wrong: list[str] = []
    unknown: list[str] = []
    for name, output, version, answers in pieces:
        versions = shown.get(output, [])
        if len(versions) < version:
            unknown.append(name)
        elif len(versions) > version or _same(versions[-1]) != _same(answers):
            wrong.append(name)
    proved = len(pieces) - len(wrong) - len(unknown)
    if wrong:
        words = f"{EVIDENCE} says otherwise than the record about {named(wrong)}."
        yield Finding(what="evidence", words=words, holds=False)
    if proved:
        words = f"{proved} of {len(pieces)} pieces of evidence have the very answers that the record shows."
        yield Finding(what="evidence", words=words)
    if unknown:
        words = "Whether the answers are those recorded, because the record in this pack does not show them: "
        yield Finding(what="evidence", words=f"{words}{named(unknown)}.", holds=None)


def _pieces(content: bytes) -> list[tuple[str, str, int, Any]] | None:
    """Return each piece of evidence: its number or id, its output, its version, its answers."""
    try:
        return [
            (str(one.get("number", one["output"])), str(one["output"]), int(one["version"]), one["answers"])
            for one in json.loads(content)["evidence"]
        ]
    except (AttributeError, KeyError, TypeError, ValueError, RecursionError):
        return None


def _shown(record: Slice) -> dict[str, list[Any]]:
    """Return the answers of every version that is shown, by output, the newest last."""
    found: dict[str, list[Any]] = {}
    for row in record.rows:
        if row.name in WRITTEN and row.body is not None:
            body = _body(row.body)
            if isinstance(body.get("output"), str):
                found.setdefault(body["output"], []).append(body.get("answers"))
    return found


def _body(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _same(answers: Any) -> str:
    """Return what two equal answers share; true and 1 are not equal."""
    return json.dumps(answers, sort_keys=True)


def _beyond(manifest: Mapping[str, Any]) -> Iterator[Finding]:
    head = manifest["head"]
    if manifest["draft"]:
        yield Finding(
            what="draft", words="This is a DRAFT: something was not signed or not complete.", holds=None
        )
    if manifest["demonstration"]:
        words = "This is a DEMONSTRATION: nobody real has done any of it."
        yield Finding(what="demonstration", words=words, holds=None)
    words = (
        "Whether this is the centre's own record, which no file can prove of itself: on the trainer's laptop, "
        f"`pmworkshop verify FILE.zip --against COHORT` compares the head, event {head['seq']} {_line(head['hash'])}."
    )
    yield Finding(what="origin", words=words, holds=None)


def _line(text: str) -> str:
    return clean_line(text)[:LONGEST]
