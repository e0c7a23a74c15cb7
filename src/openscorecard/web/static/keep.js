/* Keeps what is typed. A form with data-keep saves its text to the server every few seconds, and to
   this browser until the server has it. Nothing is sent or dropped unless the answer came back.
   Without this script the form's own buttons do the same, page by page. */
(function () {
  "use strict";
  var form = document.querySelector("form[data-keep]");
  if (!form || !window.fetch || !window.FormData) { return; }
  var text = form.elements.text, wording = form.elements.public_text;
  var page = form.elements.page, base = form.elements.base, was = form.elements.was;
  var told = form.querySelector("[data-kept]"), spoken = form.querySelector("[data-spoken]");
  var counted = form.querySelector("[data-words]");
  var offers = form.querySelector("[data-kept-texts]");
  var account = form.dataset.account;
  var place = "openscorecard:" + account + ":" + form.dataset.place + ":";
  var SAVE_AFTER = 2000, TRY_AGAIN = 5000;
  /* Each page that is open keeps under a name of its own, a tab opened twice too. */
  var own = page.value + "." + Math.random().toString(16).slice(2);
  var opened = JSON.stringify([text.defaultValue, wording.defaultValue]), saved = opened;
  var timer = null, saving = false, sending = false, leaving = false, restored = {};
  var pending = Promise.resolve();

  function both() { return JSON.stringify([text.value, wording.value]); }
  function empty() { return !text.value.trim() && !wording.value.trim(); }

  /* what this browser keeps */
  function store(name, value) {
    try { window.localStorage.setItem(place + name, JSON.stringify(value)); return true; }
    catch (fault) { return false; }
  }
  function drop(name) { try { window.localStorage.removeItem(place + name); } catch (fault) { /* none */ } }
  function stored() {
    var found = [];
    try {
      for (var at = 0; at < window.localStorage.length; at += 1) {
        var name = window.localStorage.key(at);
        if (name.indexOf(place) !== 0) { continue; }
        var one = JSON.parse(window.localStorage.getItem(name));
        one.name = name.slice(place.length);
        found.push(one);
      }
    } catch (fault) { return found; }
    found.sort(function (a, b) { return b.at - a.at; });
    return found;
  }
  function inBox() {
    return {
      text: text.value, public: wording.value, base: base.value, page: page.value, at: Date.now(),
    };
  }
  function keepHere() { return store(own, inBox()); }

  /* what the page says */
  function clock(at) {
    var day = new Date(at), today = new Date();
    var time = ("0" + day.getHours()).slice(-2) + ":" + ("0" + day.getMinutes()).slice(-2);
    if (day.toDateString() === today.toDateString()) { return time; }
    return day.getDate() + " " + day.toLocaleString("en-GB", { month: "long" }) + ", " + time;
  }
  function say(words, more) {
    if (told.textContent === words && !more) { return; }
    told.textContent = words;
    if (more) { told.append(" ", more); }
  }
  function speak(words) { if (spoken.textContent !== words) { spoken.textContent = words; } }
  function count() {
    var words = text.value.split(/\s+/).filter(Boolean).length;
    counted.textContent = words + (words === 1 ? " word" : " words");
  }
  function link(words, to) {
    var made = document.createElement("a");
    made.href = to; made.target = "_blank"; made.rel = "noopener"; made.textContent = words;
    return made;
  }
  function button(words, about, act) {
    var made = document.createElement("button"), hidden = document.createElement("span");
    made.type = "button"; made.className = "as-link"; made.textContent = words;
    hidden.className = "vh"; hidden.textContent = about;
    made.append(hidden);
    made.addEventListener("click", act);
    return made;
  }
  function notDone(what, kind, said) {
    var here = keepHere() ? " Kept in this browser." : " This browser cannot keep it: copy it.";
    var why = {
      "signed-out": "you are signed out.", other: "somebody else is signed in here.", lost: "no connection.",
    }[kind] || said || "something went wrong on our side.";
    var words = what + ": " + why + here, way = null;
    if (kind === "signed-out") { way = link("Sign in in a new tab, then come back", form.dataset.login); }
    form.classList.add("not-saved");
    say(words, way);
    speak(words);
  }

  /* to the server; a key of before a new sign-in is replaced once */
  function post(to, data, again) {
    return fetch(to, {
      method: "POST", body: data, credentials: "same-origin", headers: { Accept: "application/json" },
    }).then(function (answer) {
      var json = (answer.headers.get("content-type") || "").indexOf("application/json") === 0;
      return (json ? answer.json() : Promise.resolve({})).then(function (found) {
        if (answer.ok && json) { return found; }
        if (answer.status === 403 && found.wrong === "key" && !again) {
          return renewed().then(function (key) {
            data.set("csrfmiddlewaretoken", key);
            return post(to, data, true);
          });
        }
        throw {
          kind: found.wrong === "key" ? "signed-out" : found.wrong || "fault",
          said: answer.status === 403 ? "your account may not write here any more." : found.said,
        };
      });
    }, function () { throw { kind: "lost" }; });
  }
  function renewed() {
    return fetch(form.dataset.key, { credentials: "same-origin", headers: { Accept: "application/json" } })
      .then(function (answer) { return answer.json(); }, function () { throw { kind: "lost" }; })
      .then(function (found) {
        if (!found.account) { throw { kind: "signed-out" }; }
        if (String(found.account) !== account) { throw { kind: "other" }; }
        document.querySelectorAll("input[name=csrfmiddlewaretoken]").forEach(function (one) {
          one.value = found.key;
        });
        return found.key;
      });
  }

  function save() {
    window.clearTimeout(timer);
    if (saving || sending || leaving || both() === saved) { return; }
    saving = true;
    var sent = both();
    pending = post(form.dataset.draft, new FormData(form)).then(function (found) {
      saving = false;
      saved = sent;
      drop(own);
      Object.keys(restored).forEach(function (name) {
        var kept = stored().find(function (one) { return one.name === name; });
        if (kept && kept.at === restored[name]) { drop(name); }
      });
      restored = {};
      if (found.page) { page.value = found.page; was.value = found.was; }
      form.classList.remove("not-saved");
      if (spoken.textContent) { speak("Saved " + found.at); }
      if (both() === sent) { say(empty() ? "" : "Saved " + found.at); } else { keepHere(); later(SAVE_AFTER); }
    }, function (fault) {
      saving = false;
      notDone("Not saved", fault.kind, fault.said);
      later(TRY_AGAIN);
    });
  }
  function later(wait) {
    window.clearTimeout(timer);
    timer = window.setTimeout(save, wait);
  }
  function typed() {
    count();
    if (both() === saved) { drop(own); return; }
    if (!keepHere()) { form.classList.add("not-saved"); }
    if (!form.classList.contains("not-saved")) { say("Not saved yet"); }
    if (!saving) { later(SAVE_AFTER); }
  }

  /* texts that this browser kept and the server has not */
  function put(one) {
    var before = inBox();
    text.value = one.text; wording.value = one.public;
    if (one.public) { wording.closest("details").open = true; }
    restored[one.name] = one.at;
    typed();
    return before;
  }
  function offer(one) {
    var box = document.createElement("div"), words = document.createElement("p");
    var quote = document.createElement("blockquote"), row = document.createElement("p");
    box.className = "other-text";
    words.textContent = "This browser kept a text from " + clock(one.at) + " that was not saved.";
    quote.textContent = one.text || one.public;
    row.className = "buttons";
    row.append(button("Use it", ": the text from " + clock(one.at), function () {
      var before = put(one);
      if (before.text.trim() || before.public.trim()) {
        before.name = own + "-" + before.at.toString(16);
        store(before.name, before);
        offer(before);
      }
      box.remove();
      text.focus();
    }), button("Drop it", ": the text from " + clock(one.at), function () {
      drop(one.name);
      box.remove();
      text.focus();
    }));
    box.append(words, quote, row);
    offers.append(box);
  }
  var met = [both()];
  stored().forEach(function (one, at) {
    var said = JSON.stringify([one.text, one.public]);
    if (met.indexOf(said) >= 0 || !(one.text.trim() || one.public.trim())) { drop(one.name); return; }
    met.push(said);
    var mine = one.page === page.value || one.base === base.value;
    if (at > 0 || !mine || both() !== opened) { offer(one); return; }
    var before = put(one);
    speak("Your unsent text is back in the box.");
    say("Your unsent text from " + clock(one.at) + " is back in the box.",
        button("Put back what stood here", "", function () {
          var kept = inBox();
          text.value = before.text; wording.value = before.public;
          kept.name = own + "-" + kept.at.toString(16);
          store(kept.name, kept);
          offer(kept);
          typed();
          text.focus();
        }));
  });

  form.addEventListener("input", typed);
  window.addEventListener("online", save);
  window.addEventListener("focus", save);
  document.addEventListener("visibilitychange", save);
  window.addEventListener("beforeunload", function (event) {
    if (leaving || both() === saved) { return; }
    keepHere();
    save();
    event.preventDefault();
    event.returnValue = "";
  });

  /* the buttons: the page is left only when the server has answered */
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    if (sending) { return; }
    var pressed = event.submitter, what = pressed && pressed.value === "send" ? "Not sent" : "Not done";
    keepHere();
    window.clearTimeout(timer);
    sending = true;
    say(what === "Not sent" ? "Sending" : "Saving");
    /* a save under way ends first: its answer says what the server holds */
    pending.then(function () {
      var sent = both(), data = new FormData(form);
      if (pressed && pressed.name) { data.set(pressed.name, pressed.value); }
      return post(form.getAttribute("action") || window.location.pathname, data).then(function (found) {
        /* typed on while it was on its way: that stays here as an unsent text */
        if (both() === sent) { drop(own); } else { store(own + "-more", inBox()); drop(own); }
        Object.keys(restored).forEach(drop);
        saved = both();
        leaving = true;
        window.location.assign(found.to);
      });
    }).catch(function (fault) {
      sending = false;
      notDone(what, fault.kind, fault.said);
      later(TRY_AGAIN);
    });
  });
  /* shown again by the Back button as it was left, or with what the browser filled in again */
  window.addEventListener("pageshow", function () {
    sending = leaving = false;
    typed();
  });
  typed();
}());
