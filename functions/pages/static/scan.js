// A camera for the clerk where the browser reads codes itself (BarcodeDetector: Chrome and WebView on Android, Samsung).
// Elsewhere the phone's own camera and the typed code do; nothing here is needed.
(function () {
  "use strict";
  var stream = null;
  if (!("BarcodeDetector" in window) || !navigator.mediaDevices) return;
  BarcodeDetector.getSupportedFormats().then(function (known) {
    if (known.indexOf("qr_code") >= 0) document.documentElement.classList.add("sees");
  });
  function stop() {
    if (stream) stream.getTracks().forEach(function (track) { track.stop(); });
    stream = null;
    var lens = document.querySelector("[data-lens]");
    if (lens) lens.hidden = true;
  }
  // A customer's code is an address of this very page.
  function code(seen) {
    try {
      var address = new URL(seen);
      return address.origin === location.origin && address.searchParams.get("code") || seen;
    } catch (_) { return seen; }
  }
  function look(lens, detector) {
    if (!stream) return;
    function again() { setTimeout(function () { look(lens, detector); }, 150); }
    detector.detect(lens).then(function (found) {
      if (!found.length) return again();
      stop();
      var form = lens.closest("form");
      form.elements.code.value = code(found[0].rawValue);
      form.requestSubmit();
    }, again);
  }
  function open(button) {
    var form = button.closest("form"), lens = form.querySelector("[data-lens]"), say = form.querySelector("[data-lens-say]");
    say.textContent = "";
    navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } }).then(function (opened) {
      stream = opened;
      lens.srcObject = opened;
      lens.hidden = false;
      return lens.play();
    }).then(function () { look(lens, new BarcodeDetector({ formats: ["qr_code"] })); }).catch(function () {
      stop();
      say.textContent = button.getAttribute("data-shut");
    });
  }
  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-scan]");
    if (button) if (stream) stop(); else open(button);
  });
  document.addEventListener("visibilitychange", function () { if (document.hidden) stop(); });
  addEventListener("pagehide", stop);
})();
