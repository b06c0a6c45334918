// A phone that shows one page. The page is somebody else's words: it lives in a sandbox without our origin, and all
// that we hear from it is how far it is scrolled and that it took a new page in. Where only what members see changed,
// the frame exchanges that itself; else a new frame is loaded beside the old one and takes its place when ready.
const PATIENCE = 1000; // milliseconds that a frame has to answer before it is loaded anew
const DRAWN = 4000; // milliseconds after which a step is drawn, and its field there or not

// The document without what a frame can exchange: its title, its first style and its page.
function around(page) {
  const cut = (text, from, to) => {
    const start = text.indexOf(from), end = text.indexOf(to, start);
    return start < 0 || end < 0 ? text : text.slice(0, start) + text.slice(end);
  };
  return cut(cut(cut(page, "<title", "</title"), "<style", "</style"), '<div id="page"', '<div id="say"');
}

// To the field that somebody asked for. It is drawn after us, perhaps twice, under a drawer that may still be closing and
// gives the cursor back to where it was: the field has it once it has kept it for a while.
function seek(ways) {
  const until = performance.now() + DRAWN, free = new AbortController(), own = { capture: true, signal: free.signal };
  let kept = 0;
  for (const deed of ["pointerdown", "keydown"]) addEventListener(deed, () => free.abort(), own); // somebody went on
  const look = () => {
    if (free.signal.aborted) return;
    const late = performance.now() > until;
    const field = (late ? ways : ways.slice(0, 1))
      .map(name => document.querySelector(`.${name}, [class*="${name}-"]`)).find(Boolean);
    const there = Boolean(field?.contains(document.activeElement));
    if (field && !there && (late || !document.querySelector("[role=dialog]"))) {
      field.scrollIntoView({ block: "center" });
      field.querySelector("input, textarea, button")?.focus({ preventScroll: true });
    }
    kept = there ? kept + 1 : 0;
    if (late || kept > 8) free.abort();
    else setTimeout(look, 50);
  };
  look();
}

export default function ({ data, parentElement }) {
  const screen = parentElement.querySelector(".screen");
  const words = parentElement.querySelector(".words");
  const frame = parentElement.querySelector(".phone");
  const kept = (screen.kept ??= { page: "", scroll: 0, shows: "", shown: 0, late: 0 });
  frame.classList.toggle("dim", Boolean(data.words));
  frame.classList.toggle("low", Boolean(data.low));
  words.hidden = !data.words;
  words.textContent = data.words || "";
  const [press, ...ways] = data.ways;
  if (press && press !== kept.press) seek(ways);
  kept.press = press;
  if (data.page && data.page !== kept.page) {
    const before = kept.page;
    if (kept.shows !== data.shows) kept.scroll = 0;
    kept.page = data.page;
    kept.shows = data.shows;
    const old = screen.querySelector("iframe"), waits = screen.querySelector("iframe.next");
    if (old && !waits && around(before) === around(data.page)) exchange(old);
    else load();
  }

  function exchange(old) {
    old.contentWindow.postMessage({ pondPage: kept.page, pondScroll: kept.scroll }, "*");
    clearTimeout(kept.late);
    kept.late = setTimeout(load, PATIENCE);
  }

  function load() {
    clearTimeout(kept.late);
    const next = document.createElement("iframe");
    next.setAttribute("sandbox", "allow-scripts");
    next.title = data.title;
    next.className = "next";
    next.addEventListener("load", () => {
      next.contentWindow.postMessage({ pondScroll: kept.scroll }, "*");
      for (const one of screen.querySelectorAll("iframe")) if (one !== next) one.remove();
      next.className = "";
      shown();
    }, { once: true });
    for (const one of screen.querySelectorAll("iframe.next")) one.remove();
    next.srcdoc = kept.page;
    screen.append(next);
  }

  function shown() {
    screen.dataset.shown = kept.shown += 1;
  }

  function hear(event) {
    const old = screen.querySelector("iframe:not(.next)");
    if (!old || event.source !== old.contentWindow || !event.data) return;
    if (Number.isFinite(event.data.pondScroll)) kept.scroll = event.data.pondScroll;
    if (event.data.pondShown) {
      clearTimeout(kept.late);
      shown();
    }
  }
  addEventListener("message", hear);
  return () => removeEventListener("message", hear);
}
