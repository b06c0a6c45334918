// Streamlit keeps a long text, a number, a date or an hour when its field is left. A page that is loaded anew leaves no
// field: what was typed into it would be gone. So it is kept for whoever pauses, as they could do it themselves: by a
// key, or, into a date or an hour, by pasting what it shows. But never within a word that an input method is still
// putting together.
(() => {
  const PAUSE_MS = 300
  const SEGMENT = "[role=spinbutton]"
  const own = { bubbles: true, cancelable: true }
  const written = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set
  let pause, ours = false

  const press = (field, keys) => field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", ...keys, ...own }))

  // A number that is kept is written anew: 12.50 would become 12.5 under the hands of whoever goes on to 12.505.
  const keepNumber = (field) => {
    const typed = field.value
    if (!typed) return // Streamlit would put back what stood there first
    press(field)
    queueMicrotask(() => {
      if (field.value === typed) return
      ours = true
      written.call(field, typed)
      field.dispatchEvent(new Event("input", own))
      ours = false
    })
  }

  const paste = (group) => {
    const shown = group.innerText.replace(/[^\d:, -]/g, "") // marks of direction stand around it
    if (group.querySelector("[data-placeholder]") || /^\d{1,3}-/.test(shown)) return // a day, or a year, in the making
    const clipboardData = new DataTransfer()
    clipboardData.setData("text", shown)
    group.dispatchEvent(new ClipboardEvent("paste", { clipboardData, ...own }))
  }

  const keep = (field) => {
    if (field.matches(SEGMENT)) paste(field.closest("[role=group]"))
    else if (field.type === "number") keepNumber(field)
    else press(field, { ctrlKey: true })
  }

  const typed = ({ target, type, isComposing }) => {
    const kept = type === "keyup" ? SEGMENT : "textarea, [type=number]"
    if (ours || !target.matches?.(kept) || !target.closest('[class*="st-key-cfg_"]')) return
    clearTimeout(pause)
    if (isComposing && type !== "compositionend") return
    pause = setTimeout(keep, PAUSE_MS, target)
  }
  for (const kind of ["input", "compositionend", "keyup"]) addEventListener(kind, typed, true)
})()
