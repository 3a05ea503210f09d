// Saves the forms of an editor as one writes. Without this file their Save buttons do the same.
//
// A page speaks to it by attributes; all words that people read come from the page:
//   form[data-autosave]  posted as it is after a pause and on leaving; answers {state, text, base}, and base names
//                        the state that the next save stands on. data-unsaved: its words wait for Save (409, 422).
//   form[data-kept]      saved by its buttons alone; until then its words are kept in this tab, too.
//   form[data-preview]   address that answers {name: HTML} for the elements [data-live="name"].
//   [data-drag]          a list to be put in order by dragging: the form[data-move] of the item is sent, its
//                        field "place" saying where the item lies now, from 1.
//   [data-scriptless]    shown without this file only.
(() => {
  "use strict";
  const words = document.currentScript.dataset;
  const PREFIX = "elearn-author-";
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  all("[data-scriptless]").forEach((element) => { element.hidden = true; });

  // Words that are not saved yet: kept in this tab, so that a reload or an ended session loses nothing.
  const guarded = (act) => { try { return act(); } catch { return null; } }; // full or forbidden: the page has them
  const store = {
    read: (key) => guarded(() => JSON.parse(sessionStorage.getItem(key))),
    write: (key, value) => guarded(() => sessionStorage.setItem(key, JSON.stringify(value))),
    drop: (key) => guarded(() => sessionStorage.removeItem(key)),
    wipe: () => guarded(() => Object.keys(sessionStorage).filter((key) => key.startsWith(PREFIX)).forEach(store.drop)),
  };
  let isLeaving = false;
  all(".site-header form").forEach((form) => form.addEventListener("submit", () => {
    isLeaving = true;
    store.wipe(); // somebody else may sit here next
  }));

  const send = async (address, options) => {
    const patience = new AbortController();
    const limit = setTimeout(() => patience.abort(), 20000);
    try {
      const headers = { Accept: "application/json", ...options.headers };
      const response = await fetch(address, { method: "POST", ...options, headers, signal: patience.signal });
      return { status: response.status, data: await response.json() };
    } finally {
      clearTimeout(limit);
    }
  };
  const fieldsOf = (form) => [...new FormData(form)].filter(([, value]) => typeof value === "string");

  // Saving

  const autosave = (form) => {
    const address = form.getAttribute("action") || location.pathname;
    const key = PREFIX + address + (form.id ? `#${form.id}` : "");
    const base = form.elements.base;
    const bar = form.querySelector(".save-state");
    const own = () => fieldsOf(form).filter(([name]) => name !== "csrf_token" && name !== "base");
    const typed = () => JSON.stringify(own());
    const isUnsaved = form.dataset.unsaved !== undefined;
    const isKept = form.dataset.kept !== undefined;
    let saved = isUnsaved ? "" : typed();
    let refused = "";
    let isStopped = isUnsaved || isKept;
    let isAway = false;
    let running = null;
    let seconds = 0; // until it is tried again
    let timer = 0;

    const isUnsent = () => typed() !== saved;
    const say = (state, text, link) => {
      if (!bar) return;
      bar.className = state === "none" ? "save-state" : `save-state save-state--${state}`;
      bar.textContent = text;
      if (!link) return;
      const way = document.createElement("a");
      way.href = link;
      way.textContent = words.goOn;
      way.addEventListener("click", () => { isLeaving = true; }); // the words wait in this tab
      bar.append(" ", way);
    };
    const keep = () => {
      if (isUnsent()) store.write(key, { base: base && base.value, fields: own() });
      else store.drop(key);
    };
    const later = (pause) => {
      clearTimeout(timer);
      timer = setTimeout(save, pause);
    };

    const settle = (sent, status, data) => {
      if (status === 200 && data.state) {
        saved = sent;
        refused = "";
        seconds = 0;
        if (base && data.base) base.value = data.base;
        keep();
        if (isUnsent()) later(2000);
        else say("saved", data.text);
      } else if (status === 401 || status === 409) {
        isStopped = true; // only Save goes on from here: never over somebody else's words
        say("unsent", data.text || data.message, data.sign_in);
      } else if (status < 500 && status !== 429) {
        refused = sent;
        say("unsent", data.text || data.message);
      } else {
        return false;
      }
      return true;
    };
    const attempt = async () => {
      const sent = typed();
      const body = new URLSearchParams(fieldsOf(form));
      const keepalive = isAway && body.toString().length < 60000; // no browser lets more outlive its page
      say("none", words.saving);
      let isSettled = false;
      try {
        const { status, data } = await send(address, { body, keepalive });
        isSettled = settle(sent, status, data);
      } catch { /* no line, or the page of a hotspot in between */ }
      running = null;
      if (isSettled) return;
      seconds = Math.min(seconds * 2 || 2, 60);
      say("unsent", words.offline);
      later(seconds * 1000);
    };
    const save = () => {
      clearTimeout(timer);
      if (!running && !isStopped && isUnsent() && typed() !== refused) running = attempt();
      return running;
    };

    const changed = () => {
      keep();
      if (isStopped) return;
      if (isUnsent()) {
        if (!seconds) say("none", words.unsent);
        later(2000);
      }
    };
    form.addEventListener("input", changed);
    form.addEventListener("change", changed);
    form.addEventListener("submit", async (event) => {
      const button = event.submitter;
      if (running) { // its receipt brings the base that this form must name
        event.preventDefault();
        await running;
        form.requestSubmit(button);
      } else if (button && button.name === "save" && !isStopped) {
        event.preventDefault();
        saved = refused = ""; // a receipt is wanted even where nothing has changed
        await save();
        isStopped = isStopped || refused !== "";
        if (isStopped) form.requestSubmit(button); // the page itself says more than the bar can
      } else {
        clearTimeout(timer);
        isLeaving = true;
        if (isKept) store.drop(key); // the next form of this address begins empty
      }
    });
    window.addEventListener("online", save);
    document.addEventListener("visibilitychange", () => {
      isAway = document.visibilityState === "hidden";
      if (!isLeaving) save();
    });
    window.addEventListener("beforeunload", (event) => {
      if (isLeaving || !isUnsent()) return;
      isAway = true;
      save();
      event.preventDefault();
    });

    const restore = ({ base: then, fields }) => {
      const rest = fields.slice();
      [...form.elements].filter((control) => control.name && control.type !== "hidden").forEach((control) => {
        const isBox = control.type === "checkbox" || control.type === "radio";
        const at = rest.findIndex(([name, value]) => name === control.name && (!isBox || value === control.value));
        if (isBox) control.checked = at >= 0;
        else if (at >= 0) control.value = rest[at][1];
        if (at >= 0) rest.splice(at, 1);
      });
      rest.filter(([name, value]) => value && !form.elements.namedItem(name)).forEach(([name, value]) => {
        form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
      }); // of rows that were added: they are there again when the form has been sent
      if (base) base.value = then;
    };
    const kept = store.read(key);
    if (kept && !isUnsaved && JSON.stringify(kept.fields) !== saved) {
      restore(kept);
      form.dispatchEvent(new Event("input")); // as if typed again: saved, and shown
      say("unsent", words.restored);
    }
    keep();
  };
  // Preview

  all("form[data-preview]").forEach((form) => {
    const shown = {};
    let timer = 0;
    let isRunning = false;
    const show = async () => {
      if (isRunning) return later();
      isRunning = true;
      try {
        const { status, data } = await send(form.dataset.preview, { body: new URLSearchParams(fieldsOf(form)) });
        all("[data-live]").forEach((place) => {
          const html = data[place.dataset.live];
          if (status !== 200 || html === undefined || html === shown[place.dataset.live]) return;
          place.innerHTML = shown[place.dataset.live] = html; // cleaned on the server, as what is published
        });
      } catch { /* the next pause shows it */ }
      isRunning = false;
    };
    const later = () => {
      clearTimeout(timer);
      timer = setTimeout(show, 700);
    };
    form.addEventListener("input", later);
  });

  all("form[data-autosave], form[data-kept]").forEach(autosave);

  // Lists in another order

  all("[data-drag]").forEach((list) => {
    let held = null;
    let former = null;
    const itemOf = (target) => [...list.children].find((child) => child.contains(target));
    all("form[data-move]", list).filter((form) => form.closest("[data-drag]") === list)
      .forEach((form) => { itemOf(form).draggable = true; });
    list.addEventListener("dragstart", (event) => {
      if (event.target.closest("[data-drag]") !== list) return; // of a list within this one
      held = itemOf(event.target);
      former = held.nextSibling;
      event.dataTransfer.effectAllowed = "move";
    });
    list.addEventListener("dragover", (event) => {
      const over = held && itemOf(event.target);
      if (!over) return;
      event.preventDefault();
      const box = over.getBoundingClientRect();
      if (over !== held) over[event.clientY < box.top + box.height / 2 ? "before" : "after"](held);
    });
    list.addEventListener("drop", (event) => {
      if (!held) return;
      event.preventDefault();
      const form = held.querySelector("form[data-move]");
      form.elements.place.value = [...list.children].indexOf(held) + 1;
      held = null;
      form.requestSubmit();
    });
    list.addEventListener("dragend", () => {
      if (held) list.insertBefore(held, former);
      held = null;
    });
  });
})();
