// A phone that shows one page. The page is somebody else's words: it lives in a sandbox without our origin, and all
// that we hear from it is how far it is scrolled. A new page is loaded beside the old one and takes its place when ready.
export default function ({ data, parentElement }) {
  const screen = parentElement.querySelector(".screen");
  const words = parentElement.querySelector(".words");
  const frame = parentElement.querySelector(".phone");
  const kept = (screen.kept ??= { page: null, scroll: 0, shows: "" });
  frame.classList.toggle("dim", Boolean(data.words));
  words.hidden = !data.words;
  words.textContent = data.words || "";
  if (data.page && data.page !== kept.page) {
    if (kept.shows !== data.shows) kept.scroll = 0;
    kept.page = data.page;
    kept.shows = data.shows;
    load(data);
  }

  function load({ page, title }) {
    const next = document.createElement("iframe");
    next.setAttribute("sandbox", "allow-scripts");
    next.title = title;
    next.className = "next";
    next.addEventListener("load", () => {
      next.contentWindow.postMessage({ pondScroll: kept.scroll }, "*");
      for (const one of screen.querySelectorAll("iframe")) if (one !== next) one.remove();
      next.className = "";
    }, { once: true });
    for (const one of screen.querySelectorAll("iframe.next")) one.remove();
    next.srcdoc = page;
    screen.append(next);
  }

  function hear(event) {
    const shown = screen.querySelector("iframe:not(.next)");
    const far = event.data && event.data.pondScroll;
    if (shown && event.source === shown.contentWindow && Number.isFinite(far)) kept.scroll = far;
  }
  addEventListener("message", hear);
  return () => removeEventListener("message", hear);
}
