// The line to the laptop: pulses as they come, and whether the line holds. Tries again for ever, gently.

export function listen(address, onPulse, onLine) {
  let source = null, lost = null, again = null;

  const open = () => {
    clearTimeout(again);
    source?.close();
    source = new EventSource(address);
    source.addEventListener("pulse", (event) => {
      clearTimeout(lost);
      lost = null;
      onLine(true);
      onPulse(JSON.parse(event.data));
    });
    source.onerror = () => {
      if (lost === null) lost = setTimeout(() => onLine(false), 1500);
      else if (source.readyState === EventSource.CLOSED) onLine(false); // by now perhaps not for want of a line
      if (source.readyState === EventSource.CLOSED) again = setTimeout(open, 2000 + Math.random() * 2000);
    };
  };

  addEventListener("online", open);
  addEventListener("offline", () => onLine(false));
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && source.readyState !== EventSource.OPEN) open();
  });
  addEventListener("pagehide", () => source?.close());
  addEventListener("pageshow", (event) => { if (event.persisted) open(); });
  open();
}

export async function refetch(address) {
  const answer = await fetch(address, { headers: { accept: "text/html" }, cache: "no-store" });
  if (!answer.ok || answer.redirected) { if (answer.redirected) location.href = answer.url; return null; }
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}
