// The projector's tones, made by the browser itself: the same notes as the desk's, in wiring/tones.py.

const PITCH = { C5: 3, D5: 5, E5: 7, G5: 10, A5: 12, C6: 15 }; // semitones above the A of 440 Hz
const PARTIALS = [0, 1, 0.35, 0.1];
const ATTACK = 0.02, HEADROOM = 0.6, LOUDEST = 10;
const TONES = {
  "five minutes": ["E5", 0, 1.2],
  "one minute": ["E5 A5", 0.35, 0.9],
  "time": ["C6 G5 E5 C5", 0.25, 0.7],
  "change": ["D5 A5 D5 A5", 0.18, 0.5],
};
let context = null, timbre = null;

// Browsers give sound only to a page that somebody has touched: call this from a click or a key.
export function allow() {
  context ??= new AudioContext();
  timbre ??= context.createPeriodicWave(new Float32Array(PARTIALS.length), Float32Array.from(PARTIALS));
  if (context.state === "suspended") context.resume();
}

export const isAllowed = () => context !== null;

export function play(cue, volume) {
  if (!context || !volume) return;
  const [names, every, lasts] = TONES[cue], loud = HEADROOM * (volume / LOUDEST) ** 2;
  const begins = context.currentTime + 0.05; // read once, for it goes on between two notes
  names.split(" ").forEach((name, n) => note(PITCH[name], begins + n * every, lasts, loud));
}

function note(semitones, begins, lasts, loud) {
  const voice = context.createOscillator(), swell = context.createGain();
  voice.frequency.value = 440 * 2 ** (semitones / 12);
  voice.setPeriodicWave(timbre);
  swell.gain.setValueAtTime(0, begins);
  swell.gain.linearRampToValueAtTime(loud, begins + ATTACK);
  swell.gain.exponentialRampToValueAtTime(loud / 50, begins + lasts - ATTACK);
  swell.gain.linearRampToValueAtTime(0, begins + lasts);
  voice.connect(swell).connect(context.destination);
  voice.start(begins);
  voice.stop(begins + lasts);
}
