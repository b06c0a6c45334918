(function () {
  "use strict";
  var say = document.getElementById("say");
  function text(name) { return document.body.getAttribute("data-" + name); }
  function tell(words, stays) {
    say.textContent = words;
    clearTimeout(tell.timer);
    if (!stays) tell.timer = setTimeout(function () { say.textContent = ""; }, 4000);
  }
  function show(html, url) {
    // Without the style: its nonce is of another document.
    var next = new DOMParser().parseFromString(html.replace(/<style[^]*?<\/style>/g, ""), "text/html"), page = next.getElementById("page");
    if (!page) throw new Error("no page");
    document.getElementById("page").replaceWith(document.importNode(page, true));
    document.title = next.title;
    history.replaceState(null, "", url);
    var note = document.querySelector("#page [role=status],#page [role=alert]");
    if (note) { note.focus(); say.textContent = ""; }
    scrollTo(0, 0);
  }
  function buttons(form) {
    return Array.prototype.filter.call(document.querySelectorAll("button"), function (one) { return one.form === form; });
  }
  function busy(form, on) {
    form.setAttribute("aria-busy", on);
    buttons(form).forEach(function (one) { one.disabled = on; one.setAttribute("aria-busy", on); });
  }
  // What was typed is not typed again on the next step.
  function keep(fields) {
    fields.forEach(function (one) {
      var again = document.getElementById(one.id);
      if (again) again.value = one.value;
    });
  }
  function problem(response) {
    return response.json().then(function (said) { tell(said.detail || said.title || text("failed"), true); });
  }
  // The form goes out as it would without this script, and so does its answer come back: a page.
  function send(form) {
    var kept = Array.prototype.slice.call(form.querySelectorAll("[data-keep]"));
    return fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), headers: { Accept: "text/html" } })
      .then(function (response) {
        if (!/html/.test(response.headers.get("content-type"))) return problem(response);
        if (response.status > 499) throw new Error("away");  // its page would take the form, and what was typed, along
        return response.text().then(function (html) { show(html, response.url); keep(kept); });
      });
  }
  // What is kept of a photo is smaller than a phone's: it is made as small before it is sent.
  function smaller(file) {
    return createImageBitmap(file, { imageOrientation: "from-image" }).then(function (image) {
      var share = Math.min(1, 2048 / Math.max(image.width, image.height)), canvas = document.createElement("canvas");
      canvas.width = Math.round(image.width * share);
      canvas.height = Math.round(image.height * share);
      var brush = canvas.getContext("2d");
      brush.fillStyle = "#fff";
      brush.fillRect(0, 0, canvas.width, canvas.height);
      brush.drawImage(image, 0, 0, canvas.width, canvas.height);
      return new Promise(function (done) { canvas.toBlob(done, "image/jpeg", 0.85); });
    });
  }
  function sendPicture(form, input) {
    var file = input.files[0], most = Number(input.getAttribute("data-max"));
    busy(form, true);
    tell(text("sending"), true);
    smaller(file).catch(function () { return file; }).then(function (picture) {
      if (!picture || picture.size > file.size) picture = file;
      if (picture.size > most) {
        busy(form, false);
        return tell(input.getAttribute("data-large"), true);
      }
      var chosen = new DataTransfer();
      chosen.items.add(new File([picture], "picture", { type: picture.type }));
      input.files = chosen.files;
      form.submit();
    });
  }
  // Back from the bucket to a page that was kept as it was left.
  addEventListener("pageshow", function (event) {
    if (event.persisted) Array.prototype.forEach.call(document.forms, function (form) { busy(form, false); });
  });
  document.addEventListener("submit", function (event) {
    var form = event.target, input = form.querySelector("input[data-max]");
    if (input && input.files[0] && input.files[0].size > Math.min(1e6, input.getAttribute("data-max"))) {
      event.preventDefault();
      return sendPicture(form, input);
    }
    if (form.method !== "post" || form.enctype === "multipart/form-data" || form.hasAttribute("data-plain")) return;
    event.preventDefault();
    if (form.getAttribute("aria-busy") === "true") return;
    busy(form, true);
    tell(text("sending"), true);
    send(form).catch(function () { tell(text("retry"), true); }).then(function () {
      busy(form, false);
      if (say.textContent === text("sending")) say.textContent = "";
    });
  });
  setInterval(function () {
    var image = document.querySelector("img[data-turn]");
    if (image && !document.hidden) image.src = image.getAttribute("data-turn") + "?t=" + Date.now();
  }, 25000);
})();
