// A camera for the clerk where the browser reads codes itself (BarcodeDetector: Chrome and WebView on Android, Samsung).
// Elsewhere (iOS, Firefox) a photo is taken and read by the server: made small and sent as soon as it is chosen.
(function () {
  "use strict";
  var stream = null, root = document.documentElement;
  root.classList.add("snaps");
  document.addEventListener("change", function (event) {
    var field = event.target, file = field.id === "picture" && field.files[0];
    if (!file) return;
    smaller(file).then(function (picture) {
      var chosen = new DataTransfer();
      chosen.items.add(new File([picture], "code.jpg", { type: picture.type }));
      field.files = chosen.files;
    }).catch(function () {}).then(function () {
      field.form.requestSubmit();
      field.value = "";
    });
  });
  function smaller(file) {
    return createImageBitmap(file, { imageOrientation: "from-image" }).then(function (image) {
      var share = Math.min(1, 1600 / Math.max(image.width, image.height)), canvas = document.createElement("canvas");
      canvas.width = Math.round(image.width * share);
      canvas.height = Math.round(image.height * share);
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      return new Promise(function (done, fail) { canvas.toBlob(function (picture) { if (picture) done(picture); else fail(); }, "image/jpeg", 0.85); });
    });
  }
  if (!("BarcodeDetector" in window) || !navigator.mediaDevices) return;
  BarcodeDetector.getSupportedFormats().then(function (known) {
    if (known.indexOf("qr_code") >= 0) root.classList.add("sees");
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
      root.classList.remove("sees");
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
