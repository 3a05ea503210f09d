// A page about work that is under way looks again by itself. Without this file its link "Look again" does.
//
//   [data-under-way]  is replaced by that of the page as it is now; when it is gone there, the page is opened anew.
(() => {
  "use strict";
  const everyMs = 1500;
  const look = async () => {
    const shown = document.querySelector("[data-under-way]");
    if (!shown) return;
    try {
      const response = await fetch(location.href, { headers: { Accept: "text/html" } });
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const now = page.querySelector("[data-under-way]");
      if (!response.ok || !now) return location.reload();
      shown.querySelector("progress").replaceWith(now.querySelector("progress")); // the link keeps its focus
      shown.querySelector("[data-detail]").textContent = now.querySelector("[data-detail]").textContent;
    } catch {
      // no connection for a moment: the next look may have one
    }
    setTimeout(look, everyMs);
  };
  setTimeout(look, everyMs);
})();
