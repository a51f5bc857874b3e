// Rounds: what begins is called out once, and not again where the page is drawn anew.

const STANDS = 20000;
let before = document.body.dataset.round ?? null, going = 0; // what the page was drawn with; the projector's says nothing

// `round` is what the laptop says of the round that is on, or null; `say` shows and reads out. Time that is up stands until roles have changed.
export function callOut(round, say) {
  const now = round ? `${round.number} ${round.part}` : "";
  if (now === before) return false;
  const isNew = before !== null && now !== "";
  before = now;
  clearTimeout(going);
  say(isNew ? round.said : "");
  if (isNew && round.part !== "over") going = setTimeout(() => say(""), STANDS);
  return isNew;
}
