// Saves each answer of an attempt as it is given. Without this file the page's buttons do the same.
//
// What could not be sent waits in localStorage under the attempt's own key, one queue for each page
// that wrote it, and is sent by any later page of the attempt. Sending twice does no harm: the server
// knows an answer by page ("writer") and count. All words come from the page.
(() => {
  "use strict";
  const PREFIX = "elearn-attempt-";
  const byId = (id) => document.getElementById(id);

  const store = {
    keys: (prefix) => {
      try { return Object.keys(localStorage).filter((key) => key.startsWith(prefix)); } catch { return []; }
    },
    read: (key) => {
      try { return Object.values(JSON.parse(localStorage.getItem(key)) || {}); } catch { return []; }
    },
    write: (key, entries) => {
      try {
        if (entries.length) localStorage.setItem(key, JSON.stringify(entries));
        else localStorage.removeItem(key);
      } catch { /* full or forbidden: the page itself still has the answers */ }
    },
    wipe: (prefix) => store.keys(prefix).forEach((key) => localStorage.removeItem(key)),
  };

  let isLeavingForGood = false;
  let waitsFor = () => false; // whether signing out would lose an answer, which is then said first
  const signOut = document.querySelector(".site-header form");
  if (signOut) {
    signOut.addEventListener("submit", (event) => {
      if (waitsFor(event)) return;
      isLeavingForGood = true;
      store.wipe(PREFIX);
    });
  }
  const handedIn = document.querySelector("[data-handed-in]");
  if (handedIn) store.wipe(`${PREFIX}${handedIn.dataset.handedIn}-`);

  const quiz = byId("quiz");
  const form = quiz || byId("hand-in");
  if (!form) return;

  const words = form.dataset;
  const address = `${words.page || form.action}/answers/`;
  const queueKey = `${PREFIX}${words.attempt}-`;
  const field = (name) => form.elements.namedItem(name);
  const offline = byId("quiz-offline");
  const pending = new Map();
  const idOf = (entry) => `${entry.writer} ${entry.number}`;

  const persist = (writer) =>
    store.write(queueKey + writer, [...pending.values()].filter((entry) => entry.writer === writer));
  const keep = (entry) => {
    pending.set(idOf(entry), entry);
    persist(entry.writer);
  };
  // The next page may have been drawn before this answer was saved. Then it finds it in the queue,
  // sends it once more, and so learns that it is saved.
  let isLeaving = false;
  const drop = (entry) => {
    if (pending.get(idOf(entry)) === entry) pending.delete(idOf(entry));
    if (!isLeaving) persist(entry.writer);
  };
  const isWaiting = (number) => [...pending.values()].some((entry) => entry.number === number);

  // What the page says

  const say = (element, state, text) => {
    element.className = `save-state save-state--${state}`;
    element.textContent = text;
  };
  const mark = (number, state, text) => {
    const element = byId(`q${number}-state`);
    if (element) say(element, state, text);
  };
  const bar = byId("save-state");
  const first = bar && { state: bar.className.split("--")[1] || "none", text: bar.textContent };
  let sum = first;
  let failedAt = null;
  const summarize = () => {
    if (!bar) return;
    if (!pending.size) say(bar, sum.state, sum.text);
    else if (failedAt || stopped) say(bar, "unsent", words.waiting.replace("{count}", pending.size));
    else say(bar, "none", words.saving);
  };
  const tell = (why, text, href) => {
    const box = byId("quiz-told");
    if (!box) return;
    const link = box.querySelector("a");
    byId("quiz-told-text").textContent = text;
    link.textContent = link.dataset[why];
    if (href) link.href = href;
    box.hidden = false;
  };
  const showOffline = () => {
    if (!offline) return;
    offline.hidden = !failedAt;
    const text = offline.querySelector("[data-text]");
    const shape = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: words.zone };
    if (text && failedAt) {
      const time = failedAt.toLocaleTimeString(document.documentElement.lang, shape);
      text.textContent = text.dataset.text.replace("{time}", `${time} ${words.zoneName}`);
    }
  };

  // Sending

  let stopped = false;
  let running = null;
  let seconds = 0;
  let timer = 0;

  const post = async (entry) => {
    const body = new URLSearchParams([
      ["csrf_token", field("csrf_token").value], ["writer", entry.writer],
      ["counter", entry.counter], ["language", entry.language], [`seen-${entry.number}`, entry.seen], ...entry.fields,
    ]);
    const patience = new AbortController();
    const limit = setTimeout(() => patience.abort(), 20000);
    try {
      const response = await fetch(address + entry.number, {
        method: "POST", body, keepalive: true, signal: patience.signal,
        headers: { Accept: "application/json" },
      });
      return { status: response.status, data: await response.json() };
    } finally {
      clearTimeout(limit);
    }
  };

  // False: not now, try again later.
  const settle = (entry, { status, data }) => {
    const number = entry.number;
    if (status === 200 && data.state) {
      drop(entry);
      if (data.late && quiz && entry.writer !== field("writer").value) {
        mark(number, "unsent", words.newer); // its own page went on: what stands here is older
        tell("stale", words.newer);
        return true;
      }
      if (quiz && !isWaiting(number)) {
        mark(number, data.state, data.text);
        field(`seen-${number}`).value = data.seen;
        field(`was-${number}`).value = data.was;
      }
      sum = { state: "saved", text: data.sum };
      return true;
    }
    if (status === 429 || status >= 500 || !data.error) return false;
    if (!quiz) {
      stopped = true; // the page with the questions will say why
      return true;
    }
    if (data.error === "answer-stale" || status === 422) {
      drop(entry);
      mark(number, "unsent", data.message);
      if (status === 409) tell("stale", data.message);
      return true;
    }
    stopped = true;
    if (data.error === "attempt-closed") {
      pending.clear();
      store.wipe(queueKey);
      tell("closed", data.message, data.go);
    } else {
      tell("session", data.message, data.sign_in);
      markUnsent();
    }
    return true;
  };
  const markUnsent = () => pending.forEach((entry) => mark(entry.number, "unsent", words.unsent));

  const run = async () => {
    clearTimeout(timer);
    let hasFailed = false;
    while (pending.size && !stopped && !hasFailed) {
      const entry = [...pending.values()].sort((a, b) => a.at - b.at)[0];
      try {
        hasFailed = !settle(entry, await post(entry));
      } catch {
        hasFailed = true; // no line, or a login page of a hotspot in between
      }
      if (hasFailed) {
        failedAt = failedAt || new Date();
        seconds = Math.min(seconds * 2 || 2, 60);
        timer = setTimeout(flush, seconds * 1000);
        markUnsent();
      } else {
        failedAt = null;
        seconds = 0;
      }
      showOffline();
      summarize();
    }
    if (!quiz && stopped && offline) offline.hidden = false;
  };
  const flush = () => {
    running = running || run().finally(() => { running = null; });
    return running;
  };
  const flushNow = () => {
    seconds = 0;
    return flush();
  };
  window.addEventListener("online", flushNow);
  pending.clear();
  store.keys(queueKey).forEach((key) => store.read(key).forEach((entry) => pending.set(idOf(entry), entry)));

  if (quiz) {
    // Answering
    const writer = field("writer").value;
    const counter = field("counter");
    const typing = new Map();
    const fieldsetOf = (number) => byId(`q${number}-question`);
    const isBox = (control) => control.type === "radio" || control.type === "checkbox";

    const leaving = byId("quiz-leaving");
    const changed = (number) => {
      isLeaving = false; // where to, did not answer: this page goes on
      leaving.hidden = true;
      clearTimeout(typing.get(number));
      typing.delete(number);
      const controls = [...fieldsetOf(number).elements].filter((control) => control.name);
      keep({
        writer, number, at: Date.now(), counter: Number(counter.value), language: field("language").value,
        seen: field(`seen-${number}`).value,
        fields: controls.filter((control) => !isBox(control) || control.checked)
          .map((control) => [control.name, control.value]),
      });
      counter.value = Number(counter.value) + 1;
      mark(number, failedAt || stopped ? "unsent" : "none", failedAt || stopped ? words.unsent : words.saving);
      summarize();
      if (!failedAt) flush();
    };
    const finishTyping = () => [...typing.keys()].forEach(changed);

    const numberOf = (event) => {
      const fieldset = event.target.closest("[data-question]");
      return fieldset && fieldset.dataset.question;
    };
    quiz.addEventListener("change", (event) => numberOf(event) && changed(numberOf(event)));
    quiz.addEventListener("input", (event) => {
      const number = numberOf(event);
      if (!number || isBox(event.target) || event.target.tagName === "SELECT") return;
      clearTimeout(typing.get(number));
      typing.set(number, setTimeout(changed, 1200, number));
    });

    const leave = () => {
      if (isLeavingForGood) return;
      finishTyping();
      if (!stopped) pending.forEach((entry) => post(entry).catch(() => {}));
    };
    window.addEventListener("beforeunload", () => { isLeaving = true; });
    window.addEventListener("pageshow", () => { isLeaving = false; });
    window.addEventListener("pagehide", leave);
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") leave();
      else flushNow();
    });

    quiz.addEventListener("submit", (event) => {
      finishTyping();
      if (stopped) return; // the server then carries the answers over the sign-in
      const button = event.submitter;
      if (button && button.name === "submit") {
        if (!pending.size) return;
        event.preventDefault();
        flushNow().then(() => {
          if (!pending.size && !stopped) quiz.requestSubmit(button);
          else if (!offline.hidden) offline.focus(); // why not, which is told far above the button
        });
      } else {
        event.preventDefault();
        flushNow();
      }
    });
    byId("quiz-retry").addEventListener("click", flushNow);

    waitsFor = (event) => {
      finishTyping();
      if (!pending.size || stopped || !leaving.hidden) return false;
      event.preventDefault();
      flushNow().then(() => {
        if (!pending.size) return signOut.requestSubmit();
        leaving.hidden = false; // the next press leaves without them
        offline.focus();
      });
      return true;
    };

    // What an earlier page could not send: shown again, and known to this page
    [...pending.values()].sort((a, b) => a.at - b.at).forEach((entry) => {
      const fieldset = fieldsetOf(entry.number);
      if (!fieldset) return drop(entry);
      [...fieldset.elements].filter((control) => control.name).forEach((control) => {
        const values = entry.fields.filter(([name]) => name === control.name).map(([, value]) => value);
        if (isBox(control)) control.checked = values.includes(control.value);
        else control.value = values[0] || "";
      });
      field(`seen-${entry.number}`).value += ` ${entry.writer}.${entry.counter}`;
      mark(entry.number, "unsent", words.unsent);
    });
  }
  summarize();
  flush();
})();
