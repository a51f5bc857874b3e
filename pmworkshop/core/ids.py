"""What people, deliveries, notes and outputs are called in the record."""

from typing import Annotated, Literal, NewType

from annotated_types import Len

from pmworkshop.core.text import LONGEST_NAME

ParticipantId = NewType("ParticipantId", str)
DeliveryId = NewType("DeliveryId", str)
NoteId = NewType("NoteId", str)
OutputId = NewType("OutputId", str)
RecordId = NewType("RecordId", str)
ProposalId = NewType("ProposalId", str)
GroupingId = NewType("GroupingId", str)
RotationId = NewType("RotationId", str)

Name = Annotated[str, Len(1, LONGEST_NAME)]
Route = Literal["phone", "laptop", "paper"]
Way = Literal["name", "code", "trainer"]
Device = Annotated[str, Len(64, 64)]
"""SHA-256 of the secret that a phone holds, in hexadecimal."""
EnteredBy = Literal["participant", "trainer"]
