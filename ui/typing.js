// Streamlit keeps a long text when its field is left or Ctrl+Enter is pressed. A page that is loaded anew leaves no
// field: what was typed into it would be gone. So the keys are pressed for whoever pauses, but never within a word
// that an input method is still putting together.
(() => {
  const PAUSE_MS = 300
  const keys = { key: "Enter", ctrlKey: true, bubbles: true, cancelable: true }
  let pause
  const typed = ({ target, type, isComposing }) => {
    if (!target.matches?.('[class*="st-key-cfg_"] textarea')) return
    clearTimeout(pause)
    if (isComposing && type !== "compositionend") return
    pause = setTimeout(() => target.dispatchEvent(new KeyboardEvent("keydown", keys)), PAUSE_MS)
  }
  for (const kind of ["input", "compositionend"]) addEventListener(kind, typed, true)
})()
