// Rows of an editor: added, moved and removed in place. Without this file their buttons draw the page again.
//
//   form[data-rows]     its buttons named "act" ask the server for the page with what was typed, changed by the act;
//                       of that page only [data-rows-here] is taken over.
(() => {
  "use strict";
  document.querySelectorAll("form[data-rows]").forEach((form) => {
    form.addEventListener("submit", async (event) => {
      const button = event.submitter;
      if (!button || button.name !== "act") return;
      event.preventDefault();
      event.stopImmediatePropagation(); // nothing is sent that would have to be saved first
      const body = new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string"));
      body.set("act", button.value);
      try {
        const response = await fetch(form.getAttribute("action"), { method: "POST", body });
        if (!response.ok) throw new Error(response.status);
        const page = new DOMParser().parseFromString(await response.text(), "text/html");
        const rows = form.querySelector("[data-rows-here]");
        rows.innerHTML = page.querySelector("[data-rows-here]").innerHTML; // our own page, made of escaped text
        const first = rows.querySelector("[autofocus]") || rows.querySelector("textarea, input");
        if (first) first.focus();
        form.dispatchEvent(new Event("input", { bubbles: true }));
      } catch {
        const act = document.createElement("input");
        Object.assign(act, { type: "hidden", name: "act", value: button.value });
        form.append(act);
        form.submit(); // as without this file
      }
    }, true);
  });
})();
