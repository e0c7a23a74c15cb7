// Shows how far a job has come, and the page of its end when it has ended.
"use strict";
(() => {
  const job = document.getElementById("job");
  if (!job) return;
  const now = document.getElementById("now");
  document.getElementById("again").hidden = true;
  const heading = document.getElementById("h-now");
  let wait = 1000;

  const look = async () => {
    try {
      const answer = await fetch(job.dataset.progress, { headers: { Accept: "application/json" } });
      if (answer.redirected || !answer.ok) throw new Error(answer.status);
      const told = await answer.json();
      if (told.ended) { window.location.reload(); return; }
      heading.textContent = told.state.charAt(0).toUpperCase() + told.state.slice(1);
      if (told.said.length) now.textContent = told.said[told.said.length - 1];
      wait = 1000;
    } catch {
      wait = Math.min(wait * 2, 30000);
      document.getElementById("again").hidden = false;
    }
    window.setTimeout(look, wait);
  };
  window.setTimeout(look, wait);
})();
