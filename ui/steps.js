// The composer's step stands in the address by its number, so that a page that is loaded anew is where it was. The
// browser writes it, in the entry there is: an address that the server changes is one more to go back through.
(() => {
  const tell = () => {
    const steps = [...document.querySelectorAll('[class*="st-key-step_"] [role=radio]')]
    const at = String(1 + steps.findIndex((one) => one.ariaChecked === "true"))
    const address = new URL(location)
    if (at === "0" || !address.pathname.endsWith("/compose") || address.searchParams.get("step") === at) return
    address.searchParams.set("step", at)
    history.replaceState(history.state, "", address)
  }
  const watched = { subtree: true, childList: true, attributes: true, attributeFilter: ["aria-checked"] }
  new MutationObserver(tell).observe(document, watched)
})()
