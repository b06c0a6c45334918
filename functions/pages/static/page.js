(function () {
  "use strict";
  var say = document.getElementById("say");
  function text(name) { return document.body.getAttribute("data-" + name); }
  function tell(words, stays) {
    say.textContent = words;
    clearTimeout(tell.timer);
    if (!stays) tell.timer = setTimeout(function () { say.textContent = ""; }, 4000);
  }
  // What came of a press is said once: a reload, or whoever gets the link, is not told it again. A page that only a
  // form leads to has the address of the one that it goes back to: a phone that was out of memory finds a page there.
  function settle(url) {
    var form = document.querySelector("[data-back]"), place = new URL(form ? form.getAttribute("data-back") : url, url);
    if (/^\/c\//.test(place.pathname)) { place.searchParams.delete("o"); place.searchParams.delete("e"); }
    history.replaceState(null, "", place);
  }
  function show(html, url) {
    // Without the style: its nonce is of another document.
    var next = new DOMParser().parseFromString(html.replace(/<style[^]*?<\/style>/g, ""), "text/html"), page = next.getElementById("page");
    if (!page) throw new Error("no page");
    document.getElementById("page").replaceWith(document.importNode(page, true));
    document.title = next.title;
    settle(url);
    var note = document.querySelector("#page [role=status],#page [role=alert]");
    if (note) { note.focus(); say.textContent = ""; }
    buzzed();
    scrollTo(0, 0);
    count();
    shown = performance.now();
  }
  // The second of two quick taps is not for the button that the first one put there.
  var shown = -1000;
  document.addEventListener("click", function (event) {
    if (event.detail > 1 && performance.now() - shown < 500) { event.preventDefault(); event.stopPropagation(); }
  }, true);
  function buttons(form) {
    return Array.prototype.filter.call(document.querySelectorAll("button"), function (one) { return one.form === form; });
  }
  function busy(form, on) {
    form.setAttribute("aria-busy", on);
    buttons(form).forEach(function (one) { one.disabled = on; one.setAttribute("aria-busy", on); });
  }
  // What was typed is not typed again on the next step; a text that was not taken, and has no place there, can be copied.
  function keep(fields) {
    fields.forEach(function (one) {
      var again = document.getElementById(one.id), words = one.getAttribute("data-keep");
      if (again) again.value = one.value;
      else if (words && one.value && !document.querySelector(".note.good")) left(one, words);
    });
  }
  function left(field, words) {
    var main = document.querySelector("main"), note = document.querySelector("main>.note");
    var card = document.createElement("section"), label = document.createElement("label");
    card.className = "card";
    label.htmlFor = field.id;
    label.textContent = words;
    field.readOnly = true;
    field.removeAttribute("aria-describedby");
    card.append(label, field);
    main.insertBefore(card, note ? note.nextSibling : main.firstChild);
  }
  function problem(response) {
    return response.json().then(function (said) { tell(said.detail || said.title || text("failed"), true); });
  }
  // The form goes out as it would without this script, and so does its answer come back: a page.
  function send(form) {
    var kept = Array.prototype.slice.call(form.querySelectorAll("[data-keep]"));
    var body = new FormData(form);
    if (form.enctype !== "multipart/form-data") body = new URLSearchParams(body);
    return fetch(form.action, { method: "POST", body: body, headers: { Accept: "text/html" } })
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
  function fitting(file, most) {
    if (file.size <= Math.min(1e6, most)) return Promise.resolve(file);
    return smaller(file).catch(function () { return file; }).then(function (picture) {
      return picture && picture.size < file.size ? picture : file;
    });
  }
  // Back from the bucket, or another page, to one that was kept as it was left.
  addEventListener("pageshow", function (event) {
    if (!event.persisted) return;
    Array.prototype.forEach.call(document.forms, function (form) { busy(form, false); });
    if (idle()) anew();
  });
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (form.method !== "post" || form.hasAttribute("data-plain")) return;
    event.preventDefault();
    if (form.getAttribute("aria-busy") === "true") return;
    if (form.querySelector("[data-max]")) return upload(form);
    var where = form.querySelector("[data-where]:checked");
    if (where && !where.asked && navigator.geolocation) {
      where.asked = true;
      busy(form, true);
      var go = function () { busy(form, false); form.requestSubmit(); };
      // A tenth of a degree is all that leaves the phone. Who refuses, or waits too long, goes on without.
      return navigator.geolocation.getCurrentPosition(function (found) {
        form.elements.place.value = found.coords.latitude.toFixed(1) + "," + found.coords.longitude.toFixed(1);
        go();
      }, go, { timeout: 5000, maximumAge: 600000 });
    }
    busy(form, true);
    tell(text("sending"), true);
    send(form).catch(function () { tell(form.getAttribute("data-unsteady") || text("retry"), true); buzz("200"); if (form.hasAttribute("data-unsteady")) form.classList.add("unsteady"); }).then(function () {
      busy(form, false);
      if (say.textContent === text("sending")) say.textContent = "";
    });
  });
  function buzz(pattern) { if (pattern && navigator.vibrate) try { navigator.vibrate(pattern.split(" ").map(Number)); } catch (_) {} }
  function buzzed() { var card = document.querySelector("[data-buzz]"); if (card) buzz(card.getAttribute("data-buzz")); }
  buzzed();
  settle(location.href);
  // A code as it is printed: capitals in groups of four, look-alikes as their digits. The caret stays where it was.
  document.addEventListener("input", function (event) {
    var field = event.target;
    if (!field.hasAttribute("data-code") || event.isComposing || /[.:\/]/.test(field.value)) return;
    var kept = function (text) { return text.toUpperCase().replace(/[IL]/g, "1").replace(/O/g, "0").replace(/U/g, "V").replace(/[^0-9A-Z]/g, ""); };
    var before = kept(field.value.slice(0, field.selectionStart)).length, all = kept(field.value).slice(0, 16);
    field.value = (all.match(/.{1,4}/g) || []).join("-");
    before = Math.min(before, all.length);
    var place = before + Math.max(0, Math.ceil(before / 4) - 1);
    field.setSelectionRange(place, place);
  });
  // A chosen picture is shown, and a wrong one named, before anything is sent.
  function chosen(input) {
    var file = input.files[0], shown = document.querySelector("[data-shown]"), wrong = "";
    if (file && !/^image\/(jpeg|png|webp)$/.test(file.type)) wrong = input.getAttribute("data-not");
    input.setCustomValidity(wrong);
    if (wrong) { tell(wrong, true); input.setAttribute("aria-invalid", "true"); } else { tell(""); input.removeAttribute("aria-invalid"); }
    shown.hidden = !file || !!wrong;
    if (shown.hidden) return;
    var reader = new FileReader();
    reader.onload = function () {
      var image = new Image();
      image.alt = shown.getAttribute("data-shown");
      image.src = reader.result;
      shown.replaceChildren(image);
    };
    reader.readAsDataURL(file);
  }
  document.addEventListener("change", function (event) { if (event.target.hasAttribute("data-max")) chosen(event.target); });
  // Sent from here for the sake of the bar. The bucket's answer leads back here, which a script may not read from
  // another origin: what was sent whole goes on to that page, what never left goes by the form itself.
  function upload(form) {
    var input = form.querySelector("input[data-max]"), most = +input.getAttribute("data-max");
    busy(form, true);
    tell(text("sending"), true);
    fitting(input.files[0], most).then(function (picture) {
      if (picture.size > most) { busy(form, false); return tell(input.getAttribute("data-large"), true); }
      var chosen = new DataTransfer();
      chosen.items.add(new File([picture], "picture", { type: picture.type }));
      input.files = chosen.files;
      sent(form);
    });
  }
  function sent(form) {
    var request = new XMLHttpRequest(), bar = form.querySelector("[data-sent]");
    function again(words) { bar.hidden = true; busy(form, false); tell(words, true); }
    bar.hidden = false;
    request.upload.onprogress = function (event) { if (event.lengthComputable) bar.value = event.loaded / event.total; };
    request.onload = function () {
      if (request.status < 400) location.href = request.responseURL; else again(text("failed"));
    };
    request.onerror = function () {
      if (bar.value === 1) location.href = form.elements.success_action_redirect.value;
      else if (!bar.value) HTMLFormElement.prototype.submit.call(form);
      else again(text("retry"));
    };
    request.open("POST", form.action);
    request.send(new FormData(form));
  }
  // A page that was left open may be of another day: whoever comes back to it sees it as it is now, unless they typed.
  var hiddenSince = Date.now();
  function typed(field) { return field.type !== "hidden" && (field.value !== field.defaultValue || field.checked !== field.defaultChecked); }
  function idle() {
    if (!/^\/[cs]\//.test(location.pathname) || document.querySelector("[data-back]")) return false;
    return !document.querySelector("form[aria-busy=true]") && !Array.prototype.some.call(document.querySelectorAll("#page :is(input,textarea)"), typed);
  }
  function anew() {
    var place = location.href, down = scrollY, before = shown;
    fetch(place, { headers: { Accept: "text/html" } })
      .then(function (response) { return response.ok ? response.text() : ""; })
      .then(function (html) { if (html && shown === before && idle()) { show(html, place); scrollTo(0, down); } })
      .catch(function () {});  // no network: what is open stays readable
  }
  document.addEventListener("visibilitychange", function () {
    if (!document.hidden && Date.now() - hiddenSince > 6e5 && idle()) anew();
    hiddenSince = Date.now();
  });
  function span(seconds) {
    var unit = text("units").split(" "), parts = [seconds / 86400 | 0, (seconds / 3600 | 0) % 24, (seconds / 60 | 0) % 60];
    if (!parts[0] && !parts[1]) return Math.max(1, parts[2]) + " " + unit[2];
    var first = parts[0] ? 0 : 1;
    return parts[first] + " " + unit[first] + " " + parts[first + 1] + " " + unit[first + 1];
  }
  // The server said how long: a phone's clock does not matter.
  function count() {
    document.querySelectorAll("[data-left]").forEach(function (one) {
      if (!one.begun) one.begun = performance.now();
      var left = one.getAttribute("data-left") - (performance.now() - one.begun) / 1000;
      if (left > 0) one.textContent = span(left);
      else if (one.hasAttribute("data-again") && !one.done) { one.done = true; setTimeout(function () { location.reload(); }, 1000 + Math.random() * 9000); }
    });
  }
  count();
  setInterval(count, 5000);
  // A link of one's own, into the clipboard.
  document.addEventListener("click", function (event) {
    var button = event.target.closest && event.target.closest("[data-copy]");
    if (!button) return;
    var field = document.getElementById(button.getAttribute("data-copy"));
    function told() { tell(button.getAttribute("data-done")); }
    function old() { if (document.execCommand("copy")) told(); else field.scrollIntoView({ block: "center" }); }
    event.preventDefault();
    field.select();
    if (navigator.clipboard) navigator.clipboard.writeText(field.value).then(told, old); else old();
  });
  // Who came by a friend's link or a printed code: said once they look, which no preview does.
  function visited() {
    var to = text("visits"), said = { event_id: text("visit") };
    if (!to || document.hidden) return;
    if (text("share")) said.share = text("share");
    if (text("door")) said.channel = text("door");
    document.body.removeAttribute("data-visits");
    fetch(to, { method: "POST", body: JSON.stringify(said), headers: { "Content-Type": "application/json" } }).catch(function () {});
  }
  setTimeout(visited, 800);
  document.addEventListener("visibilitychange", function () { setTimeout(visited, 800); });
  addEventListener("offline", function () { tell(text("offline"), true); });
  addEventListener("online", function () { tell(""); });
  setInterval(function () {
    var image = document.querySelector("img[data-turn]");
    if (image && !document.hidden) image.src = image.getAttribute("data-turn") + "?t=" + Date.now();
  }, 25000);
  // A group is not shared to Moments (lint C3): WeChat's own menu goes, the link on the page stays.
  function hide() { window.WeixinJSBridge.call("hideOptionMenu"); }
  if (text("moments")) {
    if (window.WeixinJSBridge) hide();
    else document.addEventListener("WeixinJSBridgeReady", hide);
  }
})();
