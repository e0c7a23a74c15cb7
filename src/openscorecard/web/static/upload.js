// The upload form: files may be dropped, what was chosen is named, and one sees how far it has come.
// Without this script the form sends its files as any form does.
"use strict";
function start(form) {
  const input = form.querySelector("input[type=file]");
  const chosen = form.querySelector(".chosen");
  const sending = form.querySelector(".sending");
  const limit = Number(form.dataset.limitMb) * 1e6;
  form.querySelectorAll("[data-only-script]").forEach((one) => { one.hidden = false; });

  const say = () => {
    const files = [...input.files];
    const bytes = files.reduce((sum, file) => sum + file.size, 0);
    const size = `${Math.max(1, Math.round(bytes / 1e6)).toLocaleString("en-GB")} MB`;
    const named = files.length === 1 ? files[0].name : `${files.length} files`;
    chosen.textContent = !files.length ? "" : bytes > limit
      ? `${named}, ${size}: more than the ${form.dataset.limitMb} MB allowed.` : `${named}, ${size}.`;
  };
  input.addEventListener("change", say);

  const over = (event) => { event.preventDefault(); form.classList.add("is-over"); };
  form.addEventListener("dragover", over);
  form.addEventListener("dragleave", () => form.classList.remove("is-over"));
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    form.classList.remove("is-over");
    if (event.dataTransfer.files.length) {
      input.files = event.dataTransfer.files;
      say();
    }
  });

  form.addEventListener("submit", (event) => {
    if (!input.files.length) return; // the server says that none was chosen
    event.preventDefault();
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.upload.addEventListener("progress", (at) => {
      form.querySelector("progress").value = at.lengthComputable ? (100 * at.loaded) / at.total : 0;
    });
    request.addEventListener("load", () => {
      if (request.status < 400) { window.location.assign(request.responseURL); return; }
      const page = new DOMParser().parseFromString(request.responseText, "text/html");
      document.title = page.title;
      document.querySelector("main").replaceWith(page.querySelector("main"));
      const wrong = document.getElementById("wrong");
      if (wrong) wrong.focus();
      const again = document.getElementById("upload");
      if (again) start(again);
    });
    request.addEventListener("error", () => {
      sending.hidden = true;
      chosen.textContent = "The connection was lost, and nothing was loaded. Try again.";
    });
    sending.hidden = false;
    request.send(new FormData(form));
  });
}

const upload = document.getElementById("upload");
if (upload) start(upload);
