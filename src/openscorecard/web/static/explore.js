// A bonus: choices show at once, and what takes long to count opens in its place. Without it the
// form has a button and the links lead to pages.
"use strict";

async function page(address) {
  const answer = await fetch(address, { credentials: "same-origin" });
  if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

function around(form) {
  return [...form.parentElement.children].filter((one) => one !== form);
}

function live(form) {
  let asked = 0;
  form.addEventListener("change", async () => {
    const chosen = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
    const address = form.action.split(/[?#]/)[0] + (chosen.size ? "?" + chosen : "");
    const mine = ++asked;
    form.dataset.busy = "";
    try {
      const next = await page(address);
      if (mine !== asked) return;
      const theirs = next.getElementById(form.id);
      around(form).forEach((one) => one.remove());
      let after = false;
      for (const one of [...theirs.parentElement.children]) {
        if (one === theirs) after = true;
        else if (after) form.parentElement.append(one);
        else form.before(one);
      }
      form.querySelector(".count").innerHTML = theirs.querySelector(".count").innerHTML;
      history.replaceState(null, "", address);
    } catch {
      form.requestSubmit();
    } finally {
      if (mine === asked) delete form.dataset.busy;
    }
  });
}

async function openInside(link) {
  const old = link.closest(".inside");
  const place = old || link.closest("li").appendChild(document.createElement("div"));
  place.className = "inside";
  place.setAttribute("role", "status");
  place.textContent = "Counting. This can take a while.";
  try {
    const next = await page(link.href);
    place.removeAttribute("role");
    place.replaceChildren(...next.getElementById("inside").childNodes);
    place.tabIndex = -1;
    place.focus();
  } catch {
    location.href = link.href;
  }
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-inside]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  const there = link.closest(".further > li")?.querySelector(":scope > .inside");
  if (there && !there.contains(link)) there.remove();
  else openInside(link);
});
document.querySelectorAll("form[data-live]").forEach(live);
