// Which cue falls between two readings of a countdown: the same rule as the desk's, which stands in core/cues.py.

const MINUTE = 60000, STILL_NEWS = 20000, WOBBLE = 2000;
let before = null, news = null;

// Gives the cue that falls now, if any, and the words that are news for a while after one.
export function heed(now) {
  const passed = listen(now);
  if (passed) news = { ...passed, of: now.of, words: cueWords(passed.cue, now.warn) };
  const isNews = news && now?.of === news.of && now.left < news.limit + WOBBLE && now.left > news.limit - STILL_NEWS;
  if (!isNews) news = null;
  return { cue: passed?.cue ?? "", words: news?.words ?? "" };
}

function listen(now) {
  if (!now?.of || before?.of !== now.of || now.left - before.left >= WOBBLE) { before = now; return null; }
  if (!now.moves || now.left >= before.left) return null;
  const passed = crossed(before.left, now.left, now.warn);
  before = now;
  return passed;
}

// The newest of the limits between two readings, unless it is too late for it.
function crossed(from, to, warn) {
  const limits = [{ limit: 0, cue: "time" }, { limit: MINUTE, cue: "one minute" }];
  if (warn > MINUTE) limits.push({ limit: warn, cue: "five minutes" });
  const newest = limits.find(({ limit }) => to <= limit && limit < from);
  return newest && newest.limit - to < STILL_NEWS ? newest : null;
}

function cueWords(cue, warn) {
  if (cue === "five minutes") return `${Math.round(warn / MINUTE)} minutes left`;
  return cue === "one minute" ? "1 minute left" : "Time is up";
}

// What the colour of a countdown says: a class, with the words beside it.
export function stage(of, left, warn) {
  if (left < 0) return "over";
  if (!of || left > Math.max(warn, MINUTE)) return "";
  return left <= MINUTE ? "last" : "warning";
}
