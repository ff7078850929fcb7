// Brings what moves on a page up to date: #live is fetched again while it asks for it. Without this file the page
// shows the state it was asked in.
"use strict";
(() => {
  const seconds = () => Number(document.getElementById("live")?.dataset.refresh || 0);
  const again = () => {
    const wait = seconds();
    if (wait > 0) setTimeout(bring, wait * 1000);
  };
  const bring = async () => {
    if (document.hidden) return again();
    try {
      const answer = await fetch(location.href, { credentials: "same-origin", headers: { Accept: "text/html" } });
      if (answer.redirected || !answer.ok) return location.reload(); // signed out, or no longer to be seen
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById("live");
      const live = document.getElementById("live");
      if (fresh && live && !live.contains(document.activeElement)) live.replaceWith(fresh);
    } catch {
      // the site did not answer: asked again later
    }
    again();
  };
  again();
})();
