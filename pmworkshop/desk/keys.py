"""Every key of the desk, by id, so that a trainer can change it in `keys.yaml`: one line per id, `run.next: f2`."""

from collections.abc import Mapping

from textual.binding import Binding, BindingType


def key(
    name: str, keys: str, label: str, tooltip: str, *, show: bool = True, shown: str | None = None
) -> Binding:
    """Return the binding `screen.action`; the action is what follows the dot, with underscores for hyphens."""
    action = name.rpartition(".")[2].replace("-", "_")
    return Binding(keys, action, label, show=show, key_display=shown, tooltip=tooltip, id=name)


def _ticks() -> list[Binding]:
    return [
        Binding(figure, f"tick({(int(figure) - 1) % 10})", f"tick {figure}", show=False, id=f"run.tick-{figure}",
                tooltip=f"Tick or untick number {figure} of what to look for")
        for figure in "1234567890"
    ]  # fmt: skip


DESK: list[BindingType] = [
    Binding(
        "ctrl+q",
        "quit",
        "quit",
        show=False,
        priority=True,
        tooltip="Leave the desk from anywhere",
        id="any.quit",
    )
]
HELP = key("any.help", "question_mark,f1", "help", "What can be done here", shown="?")
LEAVE = key("any.leave", "escape", "back", "Leave this screen")

HOME: list[BindingType] = [
    key(
        "home.new", "n", "new cohort", "Begin a cohort: a group of people and everything recorded about them"
    ),
    key("home.reload", "r", "read again", "Read the kit and the cohorts again"),
    key("home.problems", "p", "problems", "Every problem in the kit's files", show=False),
    key("home.leave-desk", "q", "quit", "Leave the desk; everything is in the record"),
    HELP,
]

RUN: list[BindingType] = [
    key("run.pause", "space", "start / pause", "Start the session; then pause and go on"),
    key(
        "run.next", "n", "next", "Go on to the next segment; a break that waits for its time is begun at once"
    ),
    key("run.back", "b", "back", "Go back to the segment before; its time counts on"),
    key("run.more", "plus,equals_sign", "1 min more", "One minute more for this segment", shown="+"),
    key("run.less", "minus", "1 min less", "One minute less for this segment", show=False, shown="-"),
    key("run.activity", "a", "activity", "What participants do now: open it, pass the laptop, see results"),
    key("run.note", "k", "note", "Take a note: flip chart, observation, parking lot"),
    key(
        "run.room", "j", "room", "Open the room for phones and the projector; who is in, who asks to come in"
    ),
    key("run.message", "m", "message", "Say something on the projector and the phones, or take it away"),
    key("run.groups", "f", "groups", "Groups, and rounds with roles such as coaching in trios"),
    key("run.timers", "d", "timers", "Second timers: report-backs, a discussion, a group"),
    key("run.register", "r", "register", "Who is here"),
    key("run.jump", "g", "go to", "Go straight to any segment"),
    key("run.began", "t", "began earlier", "Put right when this segment really began"),
    key(
        "run.catch-up",
        "c",
        "catch up",
        "What to shorten (or to give back), before and after; accept it or take it back",
    ),
    key(
        "run.more-five",
        "right_square_bracket",
        "5 min more",
        "Five minutes more for this segment",
        show=False,
        shown="]",
    ),
    key(
        "run.less-five",
        "left_square_bracket",
        "5 min less",
        "Five minutes less for this segment",
        show=False,
        shown="[",
    ),
    key("run.options", "o", "options", "Choose between the ways to run this segment"),
    key(
        "run.any-activity",
        "i",
        "any activity",
        "Every exercise and deck of the kit, whatever the segment",
        show=False,
    ),
    key("run.outputs", "u", "outputs", "What has been produced, by whom", show=False),
    key(
        "run.evidence",
        "v",
        "evidence",
        "Who has evidence for what; signing, observations, statements, packs",
    ),
    key("run.plan", "y", "plan", "What was changed in the kit's plan since this session took its copy"),
    key("run.notes", "l", "notes", "Look notes up and correct them"),
    key("run.prepare", "p", "prepare", "What to have in hand"),
    key("run.summary", "s", "summary", "What was planned and what happened"),
    key(
        "run.sound", "x", "sound", "How loud five minutes, one minute and time are called out, or not at all"
    ),
    key("run.end", "e", "end", "End the session, or take its end back"),
    key(
        "run.leave",
        "escape",
        "home",
        "Leave for Home; the clock goes on, and the room closes until j opens it again",
    ),
    HELP,
    *_ticks(),
]

REGISTER: list[BindingType] = [
    key("register.present", "p", "present", "Mark as here in time"),
    key("register.late", "l", "late", "Mark as arrived now, late"),
    key("register.left", "e", "left early", "Mark as left now, before the end"),
    key("register.absent", "x", "absent", "Mark as not here"),
    key("register.add", "a", "add", "Add one person"),
    key("register.paste", "v", "paste list", "Paste a list of names, or name a CSV file"),
    key("register.all-present", "h", "all here", "Mark everybody without a mark as here in time"),
    key(
        "register.remove",
        "d,delete",
        "take off",
        "Take somebody off the register, who is there twice or by mistake",
    ),
    key("register.correct", "c", "correct", "Correct a name or its particulars"),
    LEAVE,
    HELP,
]

PLAN_CHANGES: list[BindingType] = [
    key("plan.take", "enter", "take over", "Take the changes over, for what is still to be run"),
    key("plan.not-again", "n", "not again", "Leave it, and do not offer this again until the plan changes once more"),
    LEAVE,
    HELP,
]  # fmt: skip

VOLUME: list[BindingType] = [
    key("sound.louder", "up,right,plus", "louder", "Louder", shown="↑"),
    key("sound.softer", "down,left,minus", "softer", "Softer", shown="↓"),
    key("sound.mute", "x", "mute", "No sound at all, or as it was before"),
    key("sound.hear", "space", "hear the next", "Hear the tones one after the other"),
    key("sound.leave", "escape,enter", "close", "Close this; it stays as it was heard last"),
]

ROOM: list[BindingType] = [
    key("room.let-in", "y", "let in", "Let the person in who asks; where it is not clear who they are, choose"),
    key("room.turn-away", "n", "turn away", "Say no to the person who asks; they may ask again"),
    key("room.projector", "p", "projector", "Show the projector's page in this laptop's browser, and its link"),
    key("room.message", "m", "message", "Say something on the projector and the phones, or take it away"),
    key("room.confirm", "h", "belongs here", "A walk-in belongs here, under the name that they typed"),
    key("room.merge", "b", "is …", "A walk-in is somebody who is on the register already"),
    key("room.rename", "e", "rename", "Correct a name or its particulars; a walk-in then belongs here"),
    key("room.code", "c", "their code", "Show somebody's recovery code, for a lost or another phone"),
    key("room.sign-out", "x", "sign out", "Sign somebody's phones out; their recovery code is another from then on"),
    key("room.remove", "d,delete", "take off", "Take somebody off the register, who is there twice or by mistake"),
    key("room.address", "w", "address", "Show another of this laptop's addresses, where phones cannot reach this one"),
    key("room.open", "o", "open / close", "Close the room, or open it again: everybody comes back by themselves"),
    LEAVE,
    HELP,
]  # fmt: skip

TEAMS: list[BindingType] = [
    key("groups.make", "n", "new groups", "Put whoever is here into groups, by chance or by rule"),
    key("groups.mix", "x", "mix anew", "The same groups by another chance, as long as no rounds have begun in them"),
    key("groups.rounds", "s,space", "rounds", "Begin rounds with roles in these groups, or go to those that are on", shown="s"),
    key("groups.move", "g", "move", "Put this person into another group, or a new one; so does Enter"),
    key("groups.place", "p", "place", "Put whoever is in no group where they fit best"),
    key("groups.take-out", "d,delete", "take out", "Take this person out of their group", shown="d"),
    key("groups.manager", "m", "manager", "Say whose line manager is here too: they are never put together"),
    key("groups.other", "o", "other groups", "Look at groups that were made before, the newest first"),
    LEAVE,
    HELP,
]  # fmt: skip

MAKING: list[BindingType] = [
    key("making.make", "enter", "make", "Make these groups", shown="Enter"),
    key("making.more", "right,up,plus,equals_sign", "larger", "Larger groups", shown="→"),
    key("making.less", "left,down,minus", "smaller", "Smaller groups", shown="←"),
    key("making.mix", "o", "organisations", "Mix organisations, or do not mind them"),
    key("making.fresh", "p", "partners", "Avoid earlier partners, or do not mind them"),
    *(
        Binding(figure, f"size({figure})", f"groups of {figure}", show=False, id=f"making.size-{figure}",
                tooltip=f"Groups of {figure}")
        for figure in "23456789"
    ),
    LEAVE,
]  # fmt: skip

ROUNDS: list[BindingType] = [
    key("rounds.next", "n", "next round", "Everybody swaps roles, and the next round begins"),
    key("rounds.pause", "space", "pause", "Pause the session and its rounds, or go on"),
    key("rounds.more", "plus,equals_sign", "1 min more", "One minute more for this part of the round", shown="+"),
    key("rounds.less", "minus", "1 min less", "One minute less for this part of the round", show=False, shown="-"),
    key("rounds.back", "b", "back", "This round again, or back to the one before"),
    key("rounds.place", "p", "place", "Put whoever is in no group where they fit best; they watch until the next round"),
    key("rounds.groups", "g", "groups", "The groups: move people, take them out"),
    key("rounds.end", "e", "end", "End the rounds"),
    LEAVE,
    HELP,
]  # fmt: skip

CATCH_UP: list[BindingType] = [
    key("catch-up.accept", "enter", "accept", "Carry out what is shown; u takes it back", shown="Enter"),
    key("catch-up.less", "left,minus", "1 min less", "Take a minute from this segment, by hand", show=False, shown="←"),
    key("catch-up.more", "right,plus,equals_sign", "minutes", "Give this segment a minute, by hand", shown="← →"),
    key("catch-up.undo", "u", "take it back", "Take the newest of what was accepted back; again: the one before it"),
    key("catch-up.leave-out", "x", "leave out", "Leave this segment out, or put it back"),
    key("catch-up.let-move", "f", "may start late", "Let this fixed start slide and share the time over what follows too; again: keep it"),
    key("catch-up.run-extra", "o", "run option", "Run this segment's option as well, where there is time, or no longer"),
    key("catch-up.proposal", "p", "proposal back", "Forget what was moved by hand, and bring the proposal back"),
    key("catch-up.target", "t", "next fixed only", "Look up to the next fixed start only, or up to the end"),
    LEAVE,
    HELP,
]  # fmt: skip

TIMERS: list[BindingType] = [
    key("timers.start", "n", "start one", "Start a second timer: report-backs, a discussion, a group, or your own"),
    key("timers.more", "plus,equals_sign", "1 min more", "One minute more on this timer", shown="+"),
    key("timers.less", "minus", "1 min less", "One minute less on this timer", shown="-"),
    key("timers.away", "x,delete", "put away", "Put this timer away", shown="x"),
    key("timers.pause", "space", "pause", "Pause the session and all its timers, or go on"),
    LEAVE,
    HELP,
]  # fmt: skip

NOTES: list[BindingType] = [
    key("notes.correct", "c,enter", "correct", "Give this note a newer wording; the older one is kept"),
    key("notes.find", "slash", "find", "Find words in the notes", shown="/"),
    key("notes.earlier", "v", "earlier wordings", "What the note said before it was corrected"),
    key("notes.all", "a", "all sessions", "Show the notes of all sessions, or of this one"),
    LEAVE,
    HELP,
]

PREPARE: list[BindingType] = [
    key("prepare.tick", "space", "tick", "Tick what is in hand, or untick it"),
    LEAVE,
    HELP,
]

ACTIVITY: list[BindingType] = [
    key(
        "activity.pass",
        "p",
        "pass the laptop",
        "Participants fill it in here, one after the other, until you type your code",
    ),
    key("activity.paper", "e", "enter from paper", "Enter somebody's sheet for them"),
    key("activity.sheet", "t", "by its id", "Enter a printed sheet by the short id at its foot", show=False),
    key("activity.timer", "space", "timer", "Start the activity's own timer, or put it away"),
    key("activity.cards", "c", "cards", "The cards that go with it"),
    key("activity.results", "v", "results", "Reveal the room's results"),
    key("activity.outputs", "u", "outputs", "What has been handed in, by whom"),
    key("activity.open", "o", "open / close", "Let participants hand in, or no longer"),
    key(
        "activity.more",
        "plus,equals_sign",
        "1 min more",
        "One minute more on the activity's timer",
        show=False,
        shown="+",
    ),
    LEAVE,
    HELP,
]

RESULTS: list[BindingType] = [
    key("results.sort", "s", "sort ideas", "Brainstorm: put an idea into a category"),
    key("results.dots", "d", "dots", "Brainstorm: how many dots an idea has on the wall"),
    key("results.hide", "h", "hide", "The room sees the results no longer"),
    LEAVE,
    HELP,
]

OUTPUTS: list[BindingType] = [
    key("outputs.person", "p", "one person", "Only what one person has produced, or everybody again"),
    key("outputs.exercise", "x", "one exercise", "Only one exercise, or all of them again"),
    key("outputs.sheet", "t", "type a sheet in", "Enter a printed sheet by the short id at its foot"),
    LEAVE,
    HELP,
]

OUTPUT: list[BindingType] = [
    key("output.amend", "c", "correct", "Correct it from the person's paper; the older version is kept"),
    key(
        "output.withdraw",
        "w",
        "withdraw",
        "It no longer counts; the record keeps it with your reason. Again: it counts once more",
    ),
    LEAVE,
    HELP,
]

COVERAGE: list[BindingType] = [
    key(
        "coverage.sign",
        "s",
        "sign here",
        "Pass the laptop to this person, to look their pack through and sign it",
    ),
    key("coverage.paper", "p", "on paper", "Record what this person signed on a sheet"),
    key("coverage.centre", "c", "for centre", "Put your name to one pack, or to all that are signed"),
    key("coverage.records", "r", "records", "Observation records and witness statements about this person"),
    key("coverage.export", "e", "export", "Make the packs: one person's or everybody's"),
    LEAVE,
    HELP,
]

EVIDENCE: list[BindingType] = [
    key(
        "evidence.add",
        "a",
        "add an output",
        "Let another of their outputs support this criterion, and say why",
    ),
    key("evidence.out", "x", "take out", "Let this output no longer support this criterion, and say why"),
    key("evidence.records", "r", "records", "Observation records and witness statements about this person"),
    LEAVE,
    HELP,
]

RECORDS: list[BindingType] = [
    key("records.new", "n", "new", "Write an observation record, or a witness's statement"),
    key(
        "records.correct",
        "c,enter",
        "correct",
        "Give this record a newer wording; the older one is kept",
        shown="c",
    ),
    key("records.withdraw", "w", "withdraw", "It no longer counts; the record keeps it with your reason"),
    LEAVE,
    HELP,
]

OWN_PACK: list[BindingType] = [
    key("pack.sign", "s", "sign", "Go on to the declarations, and sign"),
    key(
        "pack.choose",
        "space",
        "all in / part",
        "Put all of this sheet in, or leave out what only you chose to keep",
    ),
    key("pack.correct", "c", "correct", "Correct what is wrong; what stood there before is kept"),
    key("pack.leave", "escape", "trainer", "For the trainer: leave with your code"),
]

OWN_PAGE: list[BindingType] = [key("page.close", "escape,enter", "back", "Go back to the list")]

EXPORTING: list[BindingType] = [
    key("export.stop", "escape", "stop", "Stop after the pack that is being made")
]

CARDS: list[BindingType] = [
    key("cards.draw", "d", "draw", "Draw a card that this group has not had"),
    key("cards.timer", "space", "start round", "Start the round's timer, or put it away"),
    key("cards.turn", "t", "the turn", "Show what changes halfway"),
    key("cards.listen", "l", "observer", "What the observer listens for"),
    key("cards.swap", "w", "swap roles", "The players change roles"),
    key("cards.group", "g", "group", "Another group"),
    key("cards.filter", "f", "theme", "Draw by theme and difficulty"),
    *(
        Binding(figure, f"brief({int(figure) - 1})", f"brief {figure}", show=False, id=f"cards.brief-{figure}",
                tooltip=f"Show the brief of player {figure}, and nobody else's")
        for figure in "1234"
    ),
    LEAVE,
    HELP,
]  # fmt: skip

FORM: list[BindingType] = [
    key("form.next", "ctrl+n", "next", "Go on to the next question", shown="Ctrl+N"),
    key("form.back", "ctrl+b", "back", "Go back to the question before", shown="Ctrl+B"),
    key("form.all", "ctrl+o", "all questions", "See all questions and answers", shown="Ctrl+O"),
    key("form.hand-in", "ctrl+s", "hand in", "Hand it in", shown="Ctrl+S"),
    key("form.leave", "escape", "leave", "Leave it; what is written is kept"),
]

AGAIN = key("previewed.again", "f5", "read again", "Read the file again, and go on from here", shown="F5")
PREVIEWED_FORM: list[BindingType] = [*FORM, AGAIN]
PREVIEWED_CARDS: list[BindingType] = [*CARDS, AGAIN]

PREVIEW: list[BindingType] = [
    key("preview.fill", "enter,f", "fill in", "Fill it in as at the laptop, with what was given before; or the cards"),
    key("preview.afresh", "n", "afresh", "Fill it in as somebody else, from the first question"),
    key("preview.phone", "b", "phone", "Show the phone's page in this laptop's browser"),
    key("preview.read", "r,f5", "read again", "Read the file again, once you have saved it"),
    key("preview.trainer", "a", "as the trainer", "The activity as you have it on the day, with the room's results"),
    key("preview.leave", "escape,q", "end", "End the preview; nothing is kept"),
    HELP,
]  # fmt: skip

HANDED_IN: list[BindingType] = [
    key("result.done", "enter,escape", "done", "Close this; the next person sees nothing of it"),
    key("result.again", "r", "second try", "Try the questions again that were not right"),
    key("result.explain", "e", "explanations", "Show the right answers, and why"),
]

KIOSK: list[BindingType] = [
    key("kiosk.new", "n", "my name is missing", "Put your name on the list"),
    key("kiosk.leave", "escape", "trainer", "For the trainer: leave with your code"),
]

PLAIN: list[BindingType] = [LEAVE, HELP]

KEEP = key("dialog.keep", "ctrl+s", "keep", "Keep what is written")

QUESTION: list[BindingType] = [
    key("dialog.yes", "y", "yes", "Yes"),
    key("dialog.no", "n,escape", "no", "No, leave things as they are"),
]

PAGE: list[BindingType] = [KEEP, LEAVE]

NOTE: list[BindingType] = [
    KEEP,
    Binding(
        "ctrl+k", "kind", "next kind", priority=True, tooltip="Take the next kind of note", id="dialog.kind"
    ),
    LEAVE,
]

ASKING: list[BindingType] = [LEAVE]

HELPING: list[BindingType] = [key("help.close", "escape,question_mark,f1,q", "close", "Close this help")]

GROUPS = (
    DESK,
    HOME,
    RUN,
    ACTIVITY,
    RESULTS,
    OUTPUTS,
    OUTPUT,
    COVERAGE,
    EVIDENCE,
    RECORDS,
    OWN_PACK,
    OWN_PAGE,
    EXPORTING,
    CARDS,
    FORM,
    PREVIEWED_FORM,
    PREVIEWED_CARDS,
    PREVIEW,
    HANDED_IN,
    KIOSK,
    REGISTER,
    PLAN_CHANGES,
    VOLUME,
    ROOM,
    TEAMS,
    MAKING,
    ROUNDS,
    TIMERS,
    CATCH_UP,
    NOTES,
    PREPARE,
    PLAIN,
    QUESTION,
    PAGE,
    NOTE,
    ASKING,
    HELPING,
)


def ids() -> set[str]:
    """Return the ids of all keys that can be changed."""
    return {one.id for group in GROUPS for one in group if isinstance(one, Binding) and one.id}


def clashes(mine: Mapping[str, str]) -> dict[str, list[str]]:
    """Return the keys that would do two things on one screen, with the ids of both."""
    found: dict[str, list[str]] = {}
    for group in GROUPS:
        users: dict[str, list[str]] = {}
        for one in group:
            if isinstance(one, Binding) and one.id:
                for key in mine.get(one.id, one.key).split(","):
                    users.setdefault(key.strip(), []).append(one.id)
        found |= {key: ids for key, ids in users.items() if len(ids) > 1}
    return found
