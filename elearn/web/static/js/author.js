// Saves the forms of an editor as one writes. Without this file their Save buttons do the same.
//
// What a page says with attributes; every word that people read comes from the page:
//   form[data-autosave]   is posted as it is after a pause and on leaving; the answer is a receipt
//                         {state, text, base}. base names the state that the next save stands on.
//                         data-unsaved: drawn again with words that are not saved (409, 422); Save does it.
//   form[data-preview]    address that answers {name: HTML} for the elements [data-live="name"].
//   textarea[data-paste]  address that makes Markdown of what was copied from Word or a page.
//   [data-toolbar="id"]   buttons for that textarea: data-around="**|**", data-mark="- ", data-block="...",
//                         data-picture="../media/a.png" (alternative text in the input before it).
//   a[data-line="12"]     leads to that line of the textarea that its address names.
//   [data-drag]           a list in which items are dragged; on drop the form[data-move] of the item is
//                         sent, its field "place" saying where the item lies now, from 1.
//   [data-scripted], [data-scriptless]   shown with this file only; without it only.
(() => {
  "use strict";
  const words = document.currentScript.dataset;
  const PREFIX = "elearn-author-";
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  all("[data-scripted]").forEach((element) => { element.hidden = false; });
  all("[data-scriptless]").forEach((element) => { element.hidden = true; });

  // Words that are not saved yet: kept in this tab, so that a reload or an ended session loses nothing.
  const store = {
    read: (key) => { try { return JSON.parse(sessionStorage.getItem(key)); } catch { return null; } },
    write: (key, value) => {
      try { sessionStorage.setItem(key, JSON.stringify(value)); } catch { /* full or forbidden: the page itself has them */ }
    },
    drop: (key) => { try { sessionStorage.removeItem(key); } catch { /* forbidden: nothing was kept */ } },
    wipe: () => { try { Object.keys(sessionStorage).filter((key) => key.startsWith(PREFIX)).forEach(store.drop); } catch { /* as above */ } },
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
    let saved = isUnsaved ? "" : typed();
    let refused = "";
    let isStopped = isUnsaved;
    let isAway = false;
    let running = null;
    let seconds = 0;
    let timer = 0;

    const isUnsent = () => typed() !== saved;
    const say = (state, text, link) => {
      if (!bar) return;
      bar.className = state === "none" ? "save-state" : `save-state save-state--${state}`;
      bar.textContent = text;
      if (!link) return;
      const way = document.createElement("a");
      way.href = link;
      way.textContent = words.signIn;
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
      if (base) base.value = then;
    };
    const kept = store.read(key);
    if (kept && !isUnsaved && JSON.stringify(kept.fields) !== saved) {
      restore(kept);
      say("unsent", words.restored);
      if (isUnsent()) later(2000);
    }
    keep();
  };
  all("form[data-autosave]").forEach(autosave);

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

  // Writing

  // execCommand is the one way to insert that Ctrl+Z takes back; the other is for browsers without it.
  const insert = (area, text, start = area.selectionStart, end = area.selectionEnd) => {
    area.focus();
    area.setSelectionRange(start, end);
    if (document.execCommand(text ? "insertText" : "delete", false, text)) return;
    area.setRangeText(text, start, end, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const around = (area, marks, word) => {
    const [before, after] = marks.split("|");
    const start = area.selectionStart;
    const chosen = area.value.slice(start, area.selectionEnd) || word;
    insert(area, before + chosen + after);
    area.setSelectionRange(start + before.length, start + before.length + chosen.length);
  };
  const markLines = (area, mark) => {
    const start = area.value.lastIndexOf("\n", area.selectionStart - 1) + 1;
    const stop = area.value.indexOf("\n", area.selectionEnd);
    const end = stop < 0 ? area.value.length : stop;
    const lines = area.value.slice(start, end).split("\n");
    const isMarked = lines.every((line) => line.startsWith(mark));
    const next = (line, index) => (isMarked ? line.slice(mark.length) : mark.replace("1", index + 1) + line);
    insert(area, lines.map(next).join("\n"), start, end);
  };
  const block = (area, text) => {
    const before = area.value.slice(0, area.selectionEnd).replace(/[ \t]+$/, "");
    const gap = !before || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
    const after = area.value.slice(area.selectionEnd);
    insert(area, gap + text + (after.startsWith("\n") ? "\n" : "\n\n"), area.selectionEnd);
  };
  const picture = (area, button) => {
    const alt = button.parentElement.querySelector("input");
    const text = alt.value.trim().replace(/[[\]\\]/g, "\\$&");
    alt.setCustomValidity(text ? "" : words.alt);
    alt.reportValidity();
    alt.setCustomValidity("");
    if (text) block(area, `![${text}](${button.dataset.picture})`);
  };
  all("[data-toolbar]").forEach((toolbar) => {
    const area = document.getElementById(toolbar.dataset.toolbar);
    toolbar.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      const { around: marks, mark, block: text, word } = button.dataset;
      if (marks) around(area, marks, word || "");
      else if (mark) markLines(area, mark);
      else if (text) block(area, text);
      else if (button.dataset.picture) picture(area, button);
    });
    area.addEventListener("keydown", (event) => {
      const button = (event.ctrlKey || event.metaKey) && toolbar.querySelector(`[data-key="${event.key}"]`);
      if (!button) return;
      event.preventDefault();
      button.click();
    });
  });

  all("textarea[data-paste]").forEach((area) => area.addEventListener("paste", async (event) => {
    const html = event.clipboardData.getData("text/html");
    const plain = event.clipboardData.getData("text/plain");
    if (!html) return;
    event.preventDefault();
    const note = document.getElementById(`${area.id}-pasted`);
    const headers = { "Content-Type": "text/html; charset=utf-8", "X-CSRFToken": area.form.elements.csrf_token.value };
    let made = { markdown: plain, left_out: [] };
    try {
      const { status, data } = await send(area.dataset.paste, { body: html, headers });
      if (status === 200 && data.markdown) made = data;
    } catch { /* no line: the words themselves are there */ }
    insert(area, made.markdown);
    if (note) note.textContent = made.left_out.join(" ");
  }));

  const goTo = (area, line) => {
    const lines = area.value.split("\n");
    const start = lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
    area.blur(); // focus brings the chosen line into sight, but only when it comes anew
    area.setSelectionRange(start, start + (lines[line - 1] || "").length);
    area.focus();
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-line]");
    const area = link && document.getElementById(link.hash.slice(1));
    if (!area) return;
    event.preventDefault();
    goTo(area, Number(link.dataset.line));
  });
  all("textarea[data-at]").forEach((area) => goTo(area, Number(area.dataset.at)));

  // Lists in another order

  all("[data-drag]").forEach((list) => {
    let held = null;
    let former = null;
    all("form[data-move]", list).forEach((form) => {
      const item = [...list.children].find((child) => child.contains(form));
      if (form.closest("[data-drag]") === list) item.draggable = true;
    });
    list.addEventListener("dragstart", (event) => {
      if (event.target.parentNode !== list) return;
      held = event.target;
      former = held.nextSibling;
      event.dataTransfer.effectAllowed = "move";
    });
    list.addEventListener("dragover", (event) => {
      const over = held && [...list.children].find((child) => child.contains(event.target));
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
